package io.leat.grammar.parse;

import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import java.util.function.Supplier;

/**
 * Counts how deep the tree becomes. Brackets have their own, lower limit; this one is for what nests without brackets, such as
 * {@code NOT NOT NOT a}, {@code a::INT::INT} or a chain of joins, so that the passes behind the parser need no more than a
 * {@link DeepStack} has.
 */
final class TreeDepth {
    /** The limit named <em>tree depth</em>. */
    static final int MAX_DEPTH = 2_000;

    private int depth;

    /** Builds something whose parts lie this many levels lower. */
    <T> T below(int levels, Origin at, Supplier<T> parts) {
        depth += levels;
        try {
            if (depth > MAX_DEPTH) {
                throw new SyntaxException(
                        ErrorCode.NESTED_TOO_DEEPLY,
                        "operators are nested deeper than the limit 'tree depth' of " + MAX_DEPTH,
                        at,
                        "name a part of the query with WITH or CREATE VIEW");
            }
            return parts.get();
        } finally {
            depth -= levels;
        }
    }
}
