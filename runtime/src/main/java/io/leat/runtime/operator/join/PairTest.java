package io.leat.runtime.operator.join;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.state.RowBytes;
import org.apache.arrow.memory.BufferAllocator;

/** Pairs that are collected in a batch, to be tested together. */
final class PairTest implements AutoCloseable {
    private final Pipeline test;
    private final RowBytes leftRow;
    private final RowBytes rightRow;
    private final Batch pairs;
    private final int first;
    private final int mark;

    /**
     * @param test marks those that are pairs; closed with this
     */
    PairTest(
            NodeSpec.StreamJoin spec,
            Pipeline test,
            RowBytes leftRow,
            RowBytes rightRow,
            int batchRows,
            BufferAllocator allocator) {
        this.test = test;
        this.leftRow = leftRow;
        this.rightRow = rightRow;
        this.pairs = new Batch(spec.pairs(), batchRows, allocator);
        this.first = spec.weighted() ? 1 : 0;
        this.mark = spec.pairs().leaves().size() - 1;
    }

    void now(long wallMicros) {
        test.now(wallMicros);
    }

    int size() {
        return pairs.rows();
    }

    boolean isFull() {
        return pairs.isFull();
    }

    /** Adds two rows that are packed. */
    void add(long left, long right) {
        int to = pairs.rows();
        leftRow.unpack(left, pairs, first, to);
        rightRow.unpack(right, pairs, first + leftRow.leaves(), to);
        pairs.rows(to + 1);
    }

    /** Tests all that were added; to be asked before {@link #matches}. */
    void test() {
        if (!pairs.isEmpty()) {
            test.process(pairs);
        }
    }

    boolean matches(int pair) {
        return pairs.column(mark).getBoolean(pair);
    }

    void emit(int pair, JoinOutput out, long weight) {
        out.copy(pairs, pair, weight);
    }

    void clear() {
        pairs.reset();
    }

    @Override
    public void close() {
        test.close();
        pairs.close();
    }
}
