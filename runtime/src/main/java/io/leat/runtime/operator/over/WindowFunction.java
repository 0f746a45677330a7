package io.leat.runtime.operator.over;

/** Computes a column for the rows of a partition. {@link #begin} comes first, then {@link #write} for each row, in order. */
interface WindowFunction {
    /** Starts with a partition, which stays as it is until all its rows are written. */
    void begin(OrderedPartition partition);

    /** Writes what is said of a row into the leaves of a list of results from {@code leaf} on, where it has the same number. */
    void write(int row, RowList results, int leaf);
}
