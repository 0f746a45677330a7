package io.leat.runtime.job;

/**
 * Which rows around a row a window function looks at.
 *
 * @param exclusion what is taken out of them
 */
public record FrameSpec(Unit unit, BoundSpec start, BoundSpec end, Exclusion exclusion) {

    /** What the distances of a frame count. */
    public enum Unit {
        ROWS,
        /** Rows that are equal in the order count as one. */
        GROUPS,
        /** Distances in the value that rows are ordered by. */
        RANGE
    }

    /** What a frame leaves out. */
    public enum Exclusion {
        NONE,
        CURRENT_ROW,
        /** The row and its equals. */
        GROUP,
        /** The equals of the row. */
        TIES
    }

    /** Kinds of ends, in the order in which they may begin and end a frame. */
    public enum BoundKind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING;

        /** Whether it stands at a distance from the row. */
        public boolean isOffset() {
            return this == PRECEDING || this == FOLLOWING;
        }
    }

    /**
     * An end of a frame.
     *
     * @param distance never negative; rows, groups, or units of the value that rows are ordered by, of a decimal the unscaled number
     * @param real the distance where that value is a floating-point number
     */
    public record BoundSpec(BoundKind kind, long distance, double real) {}
}
