package io.leat.runtime.operator.join;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.state.RowBytes;
import org.apache.arrow.memory.BufferAllocator;

/** The rows that a join emits: pairs, and rows of one side with NULLs for the other. */
final class JoinOutput implements AutoCloseable {
    private final Outputs outputs;
    private final Batch batch;
    private final RowBytes leftRow;
    private final RowBytes rightRow;
    private final int first;
    private final boolean weighted;
    private final boolean both;

    JoinOutput(
            NodeSpec.StreamJoin spec,
            RowBytes leftRow,
            RowBytes rightRow,
            Outputs outputs,
            int batchRows,
            BufferAllocator allocator) {
        this.outputs = outputs;
        this.batch = new Batch(spec.output(), batchRows, allocator);
        this.leftRow = leftRow;
        this.rightRow = rightRow;
        this.weighted = spec.weighted();
        this.first = weighted ? 1 : 0;
        this.both = spec.kind().hasRightColumns();
    }

    /** A row of one side; the other side, where it is shown, is NULL. */
    void single(long row, boolean isLeft, long weight) {
        for (long i = copies(weight); i > 0; i--) {
            int to = batch.rows();
            if (isLeft) {
                leftRow.unpack(row, batch, first, to);
                if (both) {
                    putNulls(first + leftRow.leaves(), rightRow.leaves(), to);
                }
            } else {
                putNulls(first, leftRow.leaves(), to);
                rightRow.unpack(row, batch, first + leftRow.leaves(), to);
            }
            added(weight);
        }
    }

    /** A row of the left side, and whether it has a partner. */
    void marked(long row, boolean mark, long weight) {
        for (long i = copies(weight); i > 0; i--) {
            int to = batch.rows();
            leftRow.unpack(row, batch, first, to);
            batch.column(first + leftRow.leaves()).putBoolean(to, mark);
            added(weight);
        }
    }

    private void putNulls(int leaf, int count, int row) {
        for (int i = leaf; i < leaf + count; i++) {
            batch.column(i).putNull(row);
        }
    }

    /** A pair whose rows are packed. */
    void pair(long left, long right, long weight) {
        for (long i = copies(weight); i > 0; i--) {
            int to = batch.rows();
            leftRow.unpack(left, batch, first, to);
            rightRow.unpack(right, batch, first + leftRow.leaves(), to);
            added(weight);
        }
    }

    /** A pair that stands in a batch with the columns of the output and more. */
    void copy(Batch pairs, int row, long weight) {
        for (long i = copies(weight); i > 0; i--) {
            int to = batch.rows();
            for (int leaf = first; leaf < batch.columns(); leaf++) {
                batch.column(leaf).copy(pairs.column(leaf), row, to);
            }
            added(weight);
        }
    }

    /** A row without weight is there as many times as it weighs. */
    private long copies(long weight) {
        return weighted ? 1 : weight;
    }

    private void added(long weight) {
        int row = batch.rows();
        if (weighted) {
            batch.column(0).putLong(row, weight);
        }
        batch.rows(row + 1);
        if (batch.isFull()) {
            flush();
        }
    }

    void flush() {
        outputs.flush(batch);
    }

    @Override
    public void close() {
        batch.close();
    }
}
