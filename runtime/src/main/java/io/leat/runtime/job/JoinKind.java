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
    ANTI,
    /** All rows of the left side, with a column that says whether they have a partner. */
    MARK;

    public boolean hasRightColumns() {
        return this == INNER || this == LEFT || this == FULL;
    }

    /** Whether it matters of a row of the left side if it has a partner. */
    public boolean asksOfLeft() {
        return this != INNER;
    }

    /**
     * Whether a row of the left side is done with once it has a partner: it is not paired, and neither it nor its partner can go away
     * again.
     */
    public boolean isDoneWithPartner(NodeSpec.JoinSide left, NodeSpec.JoinSide right) {
        return !hasRightColumns() && !left.weighted() && !right.weighted();
    }

    /** Whether it matters of a row of the right side if it has a partner. */
    public boolean asksOfRight() {
        return this == FULL;
    }
}
