package io.leat.compiler.catalog;

import io.leat.compiler.expr.Expr;
import io.leat.grammar.source.Origin;
import io.leat.runtime.connector.MetadataColumn;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.job.OptionValue;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A table that a statement of the file declared, or that belongs to one that did.
 *
 * @param name as declared
 * @param kind where its rows are
 * @param columns all columns in declared order
 * @param watermark event time, if declared
 * @param primaryKey positions in {@code columns}
 * @param connector name of the connector; empty unless {@code kind} is {@code CONNECTOR}
 * @param options as written, without {@code connector} and common options
 * @param commonOptions options that every source has
 * @param source what reading it is like; empty if it cannot be read
 * @param changelog what its rows say of each other, if they come and go when it is read; empty if they only come
 * @param of the source whose late or rejected rows these are; empty for any other table
 * @param at where it is declared
 */
public record Table(
        String name,
        Kind kind,
        List<TableColumn> columns,
        Optional<Watermark> watermark,
        List<Integer> primaryKey,
        Optional<String> connector,
        Map<String, OptionValue> options,
        Map<String, OptionValue> commonOptions,
        Optional<SourceTraits> source,
        Optional<Changelog> changelog,
        Optional<Table> of,
        Origin at) {
    /** What the name of a table has behind it that is read as the versions of another one. */
    public static final String VERSIONS = " as versions";

    public Table {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        options = Map.copyOf(options);
        commonOptions = Map.copyOf(commonOptions);
    }

    /** Where the rows of a table are. */
    public enum Kind {
        /** Outside, behind a connector. */
        CONNECTOR,
        /** In the memory of the job. */
        MEMORY,
        /** The late rows of another table. */
        LATE,
        /** The rejected rows of another table. */
        REJECTED
    }

    /**
     * A column.
     *
     * @param metadata what the transport fills it with, if it does
     * @param computed its expression over the columns that are not computed, by their rank among those, if it has one
     */
    public record TableColumn(
            String name, Type type, boolean nullable, Optional<MetadataColumn> metadata, Optional<Expr> computed) {

        public boolean isComputed() {
            return computed.isPresent();
        }

        public Field field() {
            return new Field(name, type, nullable);
        }

        /** The column of a row of which the transport and the key say all that is known. */
        Field unknown() {
            return metadata.isPresent() ? field() : Field.nullable(name, type);
        }
    }

    /**
     * {@code WATERMARK FOR column AS column - delay}.
     *
     * @param column position in {@code columns}
     */
    public record Watermark(int column, long delayMicros, Origin at) {}

    /**
     * Rows that come and go.
     *
     * @param op whether the first column is the kind of each change, and none of the columns that a query sees
     * @param keyed whether rows replace each other by the primary key; otherwise a row is taken back by all of its columns
     * @param tombstones whether a record without value says that the row of its key goes
     * @param oneLog whether its partitions follow each other, as files of one log do
     * @param declared the event time of its records, which rows by key do not have
     * @param versions whether each record is read as a version of the row of its key, with its time, instead of rows that come and go
     */
    public record Changelog(
            boolean op,
            boolean keyed,
            boolean tombstones,
            boolean oneLog,
            Optional<Watermark> declared,
            boolean versions) {}

    /** The same table, read as a changelog. Rows that replace each other by key have no event time: what goes may be of any age. */
    public Table withChangelog(Changelog newChangelog, Optional<SourceTraits> newSource) {
        return new Table(
                name,
                kind,
                columns,
                newChangelog.keyed() ? Optional.empty() : watermark,
                primaryKey,
                connector,
                options,
                commonOptions,
                newSource,
                Optional.of(newChangelog),
                of,
                at);
    }

    /**
     * The same table of rows by key, read as the versions that they had: each record with its time, one that deletes a row as its end.
     * It is another source, of which rows can be late.
     *
     * @param widened an expression over its columns where those that are not known of a row that goes may be NULL
     */
    public Table versions(UnaryOperator<Expr> widened) {
        Changelog by = changelog.orElseThrow();
        List<TableColumn> read = columns.stream()
                .map(column -> column.computed()
                        .map(widened)
                        .map(each -> new TableColumn(
                                column.name(), column.type(), each.nullable(), column.metadata(), Optional.of(each)))
                        .orElse(column))
                .toList();
        return new Table(
                name + VERSIONS,
                kind,
                read,
                by.declared(),
                primaryKey,
                connector,
                options,
                commonOptions,
                source,
                Optional.of(new Changelog(by.op(), true, by.tombstones(), false, by.declared(), true)),
                of,
                at);
    }

    /** What a scan has of a column; of versions that end only the key is known. */
    public Field scanned(int column) {
        TableColumn each = columns.get(column);
        return isVersions() && !primaryKey.contains(column) ? each.unknown() : each.field();
    }

    /** Whether rows come and go when it is read. */
    public boolean comesAndGoes() {
        return changelog.filter(each -> !each.versions()).isPresent();
    }

    /** Whether its records are read as versions. */
    public boolean isVersions() {
        return changelog.filter(Changelog::versions).isPresent();
    }

    /** Positions of the columns of the primary key among those that the source carries. */
    public List<Integer> carriedKey() {
        List<TableColumn> carried = physicalColumns();
        return primaryKey.stream()
                .map(column -> carried.indexOf(columns.get(column)))
                .toList();
    }

    /** The columns that rows of the source carry: those that are not computed, in order. */
    public List<TableColumn> physicalColumns() {
        return columns.stream().filter(column -> !column.isComputed()).toList();
    }

    /** When its rows end, for a table that can be read. */
    public SourceTraits.End end() {
        return source.map(SourceTraits::end).orElse(SourceTraits.End.BOUNDED);
    }

    /** Whether its rows can be late. */
    public boolean isStream() {
        return source.map(SourceTraits::stream).orElse(false);
    }

    /** Tables are the same if they are declared at the same statement; names are unique in a file. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Table table && table.name.equals(name) && table.kind == kind;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
