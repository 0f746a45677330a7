package io.leat.runtime.operator;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.state.PartialGroups;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.state.WindowState;

/** Puts what a {@link CombineOperator} sent into the groups of an aggregate: groups are merged, rows are added. */
public final class MergeOperator implements Operator {
    private final Pipeline update;
    private final PartialGroups.Merger merger;
    private final WindowState state;
    private final Watermarks watermarks;
    private final Outputs outputs;

    /**
     * @param update puts rows into the groups
     * @param state the groups of the aggregate, which owns them
     */
    public MergeOperator(Pipeline update, PartialGroups.Merger merger, WindowState state, int inputs, Outputs outputs) {
        this.update = update;
        this.merger = merger;
        this.state = state;
        this.watermarks = new Watermarks(inputs);
        this.outputs = outputs;
    }

    @Override
    public void accept(int input, Batch rows) {
        if (rows.schema().equals(PartialGroups.SCHEMA)) {
            merger.merge(rows, state);
        } else {
            update.process(rows);
        }
    }

    @Override
    public void watermark(int input, long watermark) {
        if (watermarks.advance(input, watermark)) {
            outputs.watermark(watermarks.current());
        }
    }

    @Override
    public void save(StateWriter out) {
        // Groups are saved with the aggregate.
    }

    @Override
    public void restore(StateReader in) {
        // Nothing was saved.
    }

    @Override
    public void endEpoch(long epoch) {
        // Nothing is pending.
    }

    @Override
    public boolean isDone() {
        return outputs.isDone();
    }

    @Override
    public void close() {
        update.close();
        merger.close();
    }
}
