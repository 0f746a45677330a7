package io.leat.runtime.job;

/** How the result of a statement is told to where it goes. */
public enum Telling {
    /** Rows that only come. */
    ROWS,
    /** Every change when it happens, its kind as the first column, {@code op}. */
    CHANGES,
    /**
     * What has changed by the end of an epoch, row by row of a key: the row that went before the one that came, and nothing of what came
     * and went in between. The kind is in front of the columns for the sink to read.
     */
    NET_CHANGES,
    /** Rows that only come, for a sink that reads the kind in front of the columns. */
    ARRIVALS;

    /** Whether rows have their kind of change in front. */
    public boolean marked() {
        return this != ROWS;
    }

    /** Whether rows that were told may go away again. */
    public boolean changes() {
        return this == CHANGES || this == NET_CHANGES;
    }

    /** Whether the kind is for the sink to read, and no column of the table. */
    public boolean forSink() {
        return this == NET_CHANGES || this == ARRIVALS;
    }
}
