package io.leat.compiler.physical;

import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.runtime.connector.SourceTraits.End;

/** What bounds rows that no watermark frees. */
public enum Bound {
    /** They end. */
    INPUT,
    /** They go again as the clock goes on. */
    CLOCK,
    /** Nothing does. */
    NOTHING;

    /**
     * @param rows what is kept
     * @param of for how long: the node that keeps it
     */
    static Bound of(LogicalPlan rows, LogicalPlan of) {
        if (of.traits().end() != End.UNBOUNDED) {
            return INPUT;
        }
        return Plans.leaves(rows) ? CLOCK : NOTHING;
    }
}
