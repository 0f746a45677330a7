package io.leat.compiler.catalog;

import java.util.OptionalLong;

/** What is known of the sizes of tables before they are read. It decides in what order they are joined, and never what comes out. */
@FunctionalInterface
public interface TableSizes {
    /** Nothing is known, so that a query becomes the same job wherever it is compiled. */
    TableSizes UNKNOWN = table -> OptionalLong.empty();

    /** About how many rows a table has; empty if that is not known. */
    OptionalLong rows(Table table);
}
