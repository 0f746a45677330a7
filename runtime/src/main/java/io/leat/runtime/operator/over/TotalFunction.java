package io.leat.runtime.operator.over;

import io.leat.runtime.batch.Batch;

/** A column of the results of aggregates over a frame, which others may share. */
final class TotalFunction implements WindowFunction {
    private final FrameTotals totals;
    private final int first;
    private final int leaves;

    /**
     * @param totals begins with each partition before this does, and stays its owner's
     * @param first the first leaf of the column among the results
     */
    TotalFunction(FrameTotals totals, int first, int leaves) {
        this.totals = totals;
        this.first = first;
        this.leaves = leaves;
    }

    @Override
    public void begin(OrderedPartition partition) {
        // The totals know.
    }

    @Override
    public void write(int row, RowList results, int leaf) {
        Batch result = totals.results(row);
        for (int i = 0; i < leaves; i++) {
            results.column(row, leaf + i).copy(result.column(first + i), 0, RowList.at(row));
        }
    }
}
