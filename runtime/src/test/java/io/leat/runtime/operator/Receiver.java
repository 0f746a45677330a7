package io.leat.runtime.operator;

import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;

/** Where what an operator under test tells comes to: looked at as it comes, and not kept as a job keeps things. */
public abstract class Receiver implements Operator {

    @Override
    public void save(StateWriter out) {
        // Keeps nothing.
    }

    @Override
    public void restore(StateReader in) {
        // Keeps nothing.
    }

    @Override
    public void endEpoch(long epoch) {
        // Nothing is pending.
    }

    @Override
    public boolean isDone() {
        return false;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
