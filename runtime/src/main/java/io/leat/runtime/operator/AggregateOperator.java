package io.leat.runtime.operator;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.pipeline.DataException;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.state.AggregateTable;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateStore;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.state.WindowState;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Emits the groups of windows that close, or of all rows at the end. Rows do not come here: pipelines put them into the state. Only
 * their watermarks do, behind them.
 */
public final class AggregateOperator implements Operator {
    private final NodeSpec.Aggregate spec;
    private final WindowState state;
    private final AggregateTable empty;
    private final Watermarks watermarks;
    private final Outputs outputs;
    private final Batch out;
    private final boolean flushes;
    private final StateStore.Factory stores;
    private boolean emitted;

    /**
     * @param empty a table for the row that there is even without any input; null if this worker does not emit it
     * @param flushes whether changed groups go to the store at the end of each epoch
     */
    public AggregateOperator(
            NodeSpec.Aggregate spec,
            WindowState state,
            AggregateTable empty,
            boolean flushes,
            StateStore.Factory stores,
            Outputs outputs,
            int batchRows,
            BufferAllocator allocator) {
        this.spec = spec;
        this.state = state;
        this.empty = empty;
        this.flushes = flushes;
        this.stores = stores;
        this.watermarks = new Watermarks(spec.inputs().size());
        this.outputs = outputs;
        this.out = new Batch(spec.output(), batchRows, allocator);
    }

    /** Where the groups are. */
    public WindowState state() {
        return state;
    }

    /** How many groups are kept, and values that are counted in them. */
    @Override
    public long entries() {
        return state.entries() + state.valueEntries();
    }

    /** How many windows have not closed yet. */
    int openSlices() {
        return state.slices();
    }

    @Override
    public void accept(int input, Batch rows) {
        // What a pipeline has rows for beside the state are the changes of its groups, which go past here to who shows
        // them.
        if (!spec.changes()) {
            throw new IllegalStateException("rows of an aggregate go into its state");
        }
    }

    @Override
    public void watermark(int input, long watermark) {
        if (!watermarks.advance(input, watermark)) {
            return;
        }
        state.fireUpTo(watermarks.current(), this::emitWindow);
        if (watermarks.isEnd() && empty != null && !emitted) {
            empty.findEmpty();
            emit(0, 0, empty);
            emitted = true;
        }
        outputs.flush(out);
        outputs.watermark(watermarks.current());
    }

    private void emitWindow(long start, long end, AggregateTable groups) {
        // A batch of which no row came this far leaves a table without groups.
        emitted |= groups.size() > 0;
        // With changes, every state of a group was told when it came about.
        if (!spec.changes()) {
            emit(start, end, groups);
        }
    }

    private void emit(long start, long end, AggregateTable groups) {
        for (int i = 0; i < groups.size(); i++) {
            long entry = groups.entry(i);
            if (groups.isGone(entry)) {
                continue;
            }
            int row = out.rows();
            try {
                groups.emit(entry, start, end, out, row);
            } catch (RowError error) {
                throw new DataException(spec.at(), error);
            }
            if (spec.changes()) {
                out.column(0).putLong(row, 1);
            }
            out.rows(row + 1);
            if (out.isFull()) {
                outputs.flush(out);
            }
        }
    }

    @Override
    public void save(StateWriter out) {
        state.save(out.of("state"));
        SectionWriter whole = out.whole();
        whole.entry();
        whole.putByte(emitted ? 1 : 0);
    }

    @Override
    public void restore(StateReader in) {
        state.restore(in.of("state"));
        in.whole(whole -> {
            whole.next();
            emitted |= whole.getByte() != 0;
        });
    }

    @Override
    public void endEpoch(long epoch) {
        // Until the store is ready, changes stay in the hot tables, where they are safe, too.
        if (flushes && state.slices() > 0 && stores.isReady()) {
            state.endEpoch();
        }
    }

    @Override
    public boolean isDone() {
        return outputs.isDone();
    }

    @Override
    public void close() {
        out.close();
        state.close();
        if (empty != null) {
            empty.close();
        }
    }
}
