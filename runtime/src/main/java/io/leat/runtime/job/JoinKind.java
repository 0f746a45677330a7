package io.leat.runtime.job;

/** What becomes of rows with and without partner. A right join is a left join with its sides changed. */
public enum JoinKind {
    /** Pairs only. */
    INNER,
    /** Also rows of the left side without partner, with NULLs for the right side. */
    LEFT,
    /** Also rows of either side without partner. */
    FULL,
    /** Rows of the left side with a partner, once. */
    SEMI,
    /** Rows of the left side without partner. */
    ANTI;

    public boolean hasRightColumns() {
        return this != SEMI && this != ANTI;
    }

    /** Whether it matters of a row of the left side if it has a partner. */
    public boolean asksOfLeft() {
        return this != INNER;
    }

    /** Whether it matters of a row of the right side if it has a partner. */
    public boolean asksOfRight() {
        return this == FULL;
    }
}
