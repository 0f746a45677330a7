package io.leat.grammar.tree;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Query.SortItem;
import java.util.List;
import java.util.Optional;

/**
 * The rows that a window function looks at: {@code ([base] [PARTITION BY …] [ORDER BY …] [frame])}. {@code OVER w} is a window with
 * nothing but a base.
 *
 * @param base the name of a window in the WINDOW clause that this one goes on from
 */
public record Window(
        Optional<Identifier> base,
        List<Expression> partitionBy,
        List<SortItem> orderBy,
        Optional<Frame> frame,
        Origin at)
        implements Node {
    public Window {
        partitionBy = List.copyOf(partitionBy);
        orderBy = List.copyOf(orderBy);
    }

    /** {@code name AS (…)} in a WINDOW clause. */
    public record Named(Identifier name, Window window, Origin at) implements Node {}

    /** {@code unit BETWEEN start AND end [EXCLUDE …]}. A frame with one bound only ends at the current row. */
    public record Frame(Unit unit, Bound start, Bound end, Exclusion exclusion, Origin at) implements Node {
        /** What distances are counted in: rows, values of the one ORDER BY expression, or groups of rows that are equal in order. */
        public enum Unit {
            ROWS,
            RANGE,
            GROUPS
        }

        /** Which rows around the current one are left out of the frame. */
        public enum Exclusion {
            NO_OTHERS,
            CURRENT_ROW,
            GROUP,
            TIES
        }
    }

    /**
     * One end of a frame.
     *
     * @param distance present for {@link Kind#PRECEDING} and {@link Kind#FOLLOWING} only
     * @param at the words of the bound; where it was left out, those of the other one
     */
    public record Bound(Kind kind, Optional<Expression> distance, Origin at) implements Node {
        public enum Kind {
            UNBOUNDED_PRECEDING,
            PRECEDING,
            CURRENT_ROW,
            FOLLOWING,
            UNBOUNDED_FOLLOWING
        }
    }
}
