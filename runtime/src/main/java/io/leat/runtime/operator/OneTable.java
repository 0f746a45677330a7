package io.leat.runtime.operator;

import io.leat.runtime.state.AggregateTable;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.state.ValueCounts;
import io.leat.runtime.state.WindowState;

/** Leads a pipeline that feeds an aggregate to one table after another. The tables stay their owner's. */
public final class OneTable implements WindowState {
    private AggregateTable table;

    /** Where rows go from now on. */
    public void use(AggregateTable next) {
        table = next;
    }

    @Override
    public void lane(int lane) {
        // There is one.
    }

    @Override
    public AggregateTable slice(long sliceStart) {
        return table;
    }

    @Override
    public AggregateTable slice(long sliceStart, long firstEnd) {
        return table;
    }

    @Override
    public ValueCounts values() {
        throw new IllegalStateException("rows do not leave these tables, so that nobody needs counts of their values");
    }

    @Override
    public void fireUpTo(long watermark, WindowVisitor visitor) {
        throw new IllegalStateException("whoever leads to a table reads it, too");
    }

    @Override
    public void save(StateWriter out) {
        // Nothing stays here from one epoch to the next.
    }

    @Override
    public void restore(StateReader in) {
        // Nothing was saved.
    }

    @Override
    public void endEpoch() {
        // Nothing stays here from one epoch to the next.
    }

    @Override
    public int slices() {
        return 1;
    }

    @Override
    public long entries() {
        return table.size();
    }

    @Override
    public long bytes() {
        return table.bytes();
    }

    @Override
    public void close() {
        // Whoever leads to a table closes it, too.
    }
}
