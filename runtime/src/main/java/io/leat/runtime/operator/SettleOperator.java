package io.leat.runtime.operator;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.pipeline.DataException;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Sums up rows that come and go, and tells those that are there when all input has ended, without weight. A row and the one that takes
 * it back come on the same way, so none can be left that was taken back more often than it came.
 */
public final class SettleOperator implements Operator {
    private final NodeSpec.Settle spec;
    private final KeyedState state;
    private final KeyedState.Cursor cursor;
    private final RowBytes form;
    private final BytesResult row;
    private final Watermarks watermarks;
    private final Outputs outputs;
    private final Batch out;

    /**
     * @param state empty; closed with this
     */
    public SettleOperator(
            NodeSpec.Settle spec, KeyedState state, Outputs outputs, int batchRows, BufferAllocator allocator) {
        this.spec = spec;
        this.state = state;
        this.cursor = state.cursor();
        this.form = RowBytes.ofColumns(spec.input(), 1, spec.input().size() - 1);
        this.row = new BytesResult(allocator);
        this.watermarks = new Watermarks(spec.inputs().size());
        this.outputs = outputs;
        this.out = new Batch(spec.output(), batchRows, allocator);
    }

    @Override
    public void accept(int input, Batch rows) {
        for (int number = 0; number < rows.rows(); number++) {
            row.clear();
            form.pack(rows, number, row);
            try {
                state.add(row.address(), row.length(), rows.column(0).getLong(number));
            } catch (RowError error) {
                throw new DataException(spec.at(), error);
            }
        }
    }

    @Override
    public long entries() {
        return state.entries();
    }

    @Override
    public void watermark(int input, long watermark) {
        if (!watermarks.advance(input, watermark)) {
            return;
        }
        if (watermarks.isEnd()) {
            emit();
            outputs.watermark(watermarks.current());
        }
    }

    private void emit() {
        for (boolean more = cursor.first(); more; more = cursor.next()) {
            row.clear();
            row.append(cursor.keyAddress(), cursor.keyLength());
            long times = Memory.getLong(cursor.valueAddress());
            if (times < 0) {
                throw new IllegalStateException("a row was taken back more often than it came");
            }
            for (long i = 0; i < times; i++) {
                form.unpack(row.address(), out, 0, out.rows());
                out.rows(out.rows() + 1);
                if (out.isFull()) {
                    outputs.flush(out);
                }
            }
        }
        outputs.flush(out);
        state.removePrefix(row.address(), 0);
    }

    @Override
    public void save(StateWriter out) {
        state.save(out);
    }

    @Override
    public void restore(StateReader in) {
        state.restore(in);
    }

    @Override
    public void endEpoch(long epoch) {
        state.endEpoch();
    }

    @Override
    public boolean isDone() {
        return outputs.isDone();
    }

    @Override
    public void close() {
        out.close();
        row.close();
        state.close();
    }
}
