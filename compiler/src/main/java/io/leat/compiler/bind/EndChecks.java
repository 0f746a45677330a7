package io.leat.compiler.bind;

import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.runtime.connector.SourceTraits;

/** Checks that what needs all rows is asked only of sources that end. */
final class EndChecks {
    private final Problems problems;

    EndChecks(Problems problems) {
        this.problems = problems;
    }

    void requireEnd(LogicalPlan plan, String clause, Origin at) {
        requireEnd(plan, clause, at, "group by a window, such as TUMBLE, or read up to now with --until now");
    }

    /**
     * @param help what to do where there is no end
     */
    void requireEnd(LogicalPlan plan, String clause, Origin at, String help) {
        if (plan.traits().end() == SourceTraits.End.UNBOUNDED) {
            problems.add(
                    ErrorCode.NEVER_ENDS, at, clause + " needs all rows, and " + endless(plan) + " never ends", help);
        }
    }

    /** The name of a table that never ends. */
    static String endless(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Scan scan) {
            return scan.table().name();
        }
        for (LogicalPlan input : plan.inputs()) {
            if (input.traits().end() == SourceTraits.End.UNBOUNDED) {
                return endless(input);
            }
        }
        return "its input";
    }
}
