package io.leat.compiler.physical;

import io.leat.grammar.source.Origin;

/** Says where in the query something stands, as {@code line:column}. */
@FunctionalInterface
public interface Positions {
    String position(Origin origin);
}
