package io.leat.runtime.operator;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.state.StaticTable;

/** Fills a static table, which outlives the phase and belongs to the job. */
public final class BuildOperator implements Operator {
    private final StaticTable table;

    /** The table is the caller's, who closes it. */
    public BuildOperator(StaticTable table) {
        this.table = table;
    }

    @Override
    public void accept(int input, Batch rows) {
        table.add(rows);
    }

    @Override
    public void watermark(int input, long watermark) {
        // The table is read when the phase is over.
    }

    @Override
    public void save(StateWriter out) {
        table.save(out);
    }

    @Override
    public void restore(StateReader in) {
        table.restore(in);
    }

    @Override
    public void endEpoch(long epoch) {
        // Nothing is written down.
    }

    @Override
    public boolean isDone() {
        return false;
    }

    @Override
    public void close() {
        // The job closes the table.
    }
}
