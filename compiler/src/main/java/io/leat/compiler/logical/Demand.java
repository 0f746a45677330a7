package io.leat.compiler.logical;

import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.LogicalPlan.Limit;
import io.leat.compiler.logical.LogicalPlan.Sort;
import io.leat.compiler.logical.Traits.Changelog;

/** How the rows of a plan are told: asked by what reads them, from the sink down. */
public enum Demand {
    /** Rows that never go away. What is not final before the end is told at the end. */
    FINAL,
    /** Every change when it happens: rows with a weight from the lowest node on whose rows may go away. */
    CHANGES;

    /**
     * How a node that is asked for this asks its input.
     *
     * @param input the number of the input
     */
    public Demand ofInput(LogicalPlan node, int input) {
        if (this == FINAL || node instanceof Sort || node instanceof Limit || node instanceof Sessions) {
            return FINAL;
        }
        if (node instanceof StreamJoin join
                && (join.time() instanceof JoinTime.AsOf || join.time() instanceof JoinTime.Lookup)) {
            return FINAL;
        }
        if (node instanceof Join) {
            // The right side is complete before it is looked up.
            return input == 0 ? CHANGES : FINAL;
        }
        if (node instanceof Aggregate aggregate) {
            boolean updating = aggregate.input().traits().changelog() == Changelog.RETRACT;
            return updating && !aggregate.windowed() ? CHANGES : FINAL;
        }
        boolean closed = node instanceof Over over && over.windowed() || node instanceof TopN top && top.windowed();
        return closed ? FINAL : this;
    }
}
