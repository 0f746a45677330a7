package io.leat.runtime.operator.over;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.operator.Watermarks;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Base of operators that keep the rows of partitions in order and tell something of each partition: once, when it is complete, or with
 * every change. For a change a partition is looked at before and after it, and the rows that are told otherwise are told.
 */
abstract class PartitionOperator implements Operator, PartitionRows.Touched {
    final PartitionSpec form;
    final PartitionRows rows;
    final KeyedState.Cursor cursor;
    final RowOutput out;
    final ToldRows before;
    final ToldRows after;

    private final BytesResult complete;
    private final Watermarks watermarks;
    private final Outputs outputs;

    PartitionOperator(
            PartitionSpec form,
            int inputs,
            KeyedState state,
            Outputs outputs,
            int batchRows,
            BufferAllocator allocator) {
        this.form = form;
        this.rows = new PartitionRows(form, state, allocator);
        this.cursor = rows.cursor();
        this.out = new RowOutput(form, rows.form(), outputs, batchRows, allocator);
        this.before = new ToldRows(allocator);
        this.after = new ToldRows(allocator);
        this.complete = new BytesResult(allocator);
        this.watermarks = new Watermarks(inputs);
        this.outputs = outputs;
    }

    /** Notes the rows of a partition that are told, and what is said of them. */
    abstract void look(long of, int length, ToldRows into);

    /** Tells the rows of a partition that is complete. */
    abstract void complete(KeyedState.Cursor at, long of, int length);

    /** How many rows are kept. */
    @Override
    public final long entries() {
        return rows.entries();
    }

    @Override
    public final void accept(int input, Batch batch) {
        rows.add(batch, this);
        out.flush();
    }

    @Override
    public final void before(long of, int length) {
        if (form.changes()) {
            look(of, length, before);
        }
    }

    @Override
    public final void watermark(int input, long watermark) {
        if (!watermarks.advance(input, watermark)) {
            return;
        }
        rows.completeUpTo(watermarks.current(), cursor, complete, this::completed);
        out.flush();
        if (form.windowed() || watermarks.isEnd()) {
            outputs.watermark(watermarks.current());
        }
    }

    /** With changes, everything was told when it came about. */
    private void completed(KeyedState.Cursor at, long of, int length) {
        if (!form.changes()) {
            complete(at, of, length);
        }
    }

    @Override
    public final void save(StateWriter out) {
        rows.save(out);
    }

    @Override
    public final void restore(StateReader in) {
        rows.restore(in);
    }

    @Override
    public final void endEpoch(long epoch) {
        rows.endEpoch();
    }

    @Override
    public final boolean isDone() {
        return outputs.isDone();
    }

    @Override
    public void close() {
        rows.close();
        complete.close();
        out.close();
        before.close();
        after.close();
    }
}
