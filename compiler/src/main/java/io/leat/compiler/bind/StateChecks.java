package io.leat.compiler.bind;

import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.StreamJoin;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.runtime.connector.SourceTraits.End;

/** Warns of operators over sources that never end whose state nothing frees. */
final class StateChecks {
    private final Problems problems;

    StateChecks(Problems problems) {
        this.problems = problems;
    }

    void check(LogicalPlan plan) {
        if (plan instanceof StreamJoin join && join.time() instanceof JoinTime.Unbounded && isEndless(join)) {
            warn(
                    join.at(),
                    "this join keeps the rows of both sides, and nothing frees them",
                    "bound it in time, such as AND a.ts BETWEEN b.ts - INTERVAL '1' HOUR AND b.ts");
        } else if (plan instanceof LogicalPlan.Aggregate aggregate && !aggregate.windowed() && isEndless(aggregate)) {
            boolean isSetOperation = SetOperationBinder.isOne(aggregate);
            warn(
                    aggregate.at(),
                    (isSetOperation ? "the rows of both sides" : "these groups")
                            + " are kept for ever, and nothing frees them",
                    isSetOperation
                            ? "select window_start and window_end of a window such as TUMBLE on both sides"
                            : "group by a window, such as TUMBLE, if there can be many");
        }
        if (plan instanceof Over over && !over.windowed() && isEndless(over)) {
            warn(
                    over.at(),
                    "this window function keeps all rows of its partitions, and nothing frees them",
                    "add window_start and window_end of a window such as TUMBLE to PARTITION BY");
        }
        plan.inputs().forEach(this::check);
    }

    private static boolean isEndless(LogicalPlan plan) {
        return plan.traits().end() == End.UNBOUNDED;
    }

    private void warn(Origin at, String message, String help) {
        problems.add(ErrorCode.UNBOUNDED_STATE, at, message, help);
    }
}
