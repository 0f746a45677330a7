package io.leat.compiler.bind;

import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.runtime.connector.SourceTraits.End;

/** Of which queries the changes can be emitted: groups, with filters, expressions and lookups above them, or rows that only come. */
final class ChangeChecks {
    private final Problems problems;

    ChangeChecks(Problems problems) {
        this.problems = problems;
    }

    void check(LogicalPlan plan, Origin at) {
        if (plan.traits().end() == End.UNBOUNDED) {
            problems.add(
                    ErrorCode.NOT_SUPPORTED,
                    at,
                    "EMIT CHANGES over a source that never ends is not supported yet",
                    "group by a window and write EMIT FINAL, or read up to now with --until now");
            return;
        }
        above(plan, at);
    }

    /** What stands above the first groups. */
    private void above(LogicalPlan plan, Origin at) {
        if (plan instanceof LogicalPlan.Sort || plan instanceof LogicalPlan.Limit) {
            problems.add(
                    ErrorCode.NOT_SUPPORTED,
                    at,
                    "changes have the order in which they happen: EMIT CHANGES goes without ORDER BY and LIMIT",
                    "write EMIT FINAL");
        } else if (plan instanceof LogicalPlan.Union && hasGroups(plan)) {
            problems.add(
                    ErrorCode.NOT_SUPPORTED,
                    at,
                    "EMIT CHANGES of a UNION of groups is not supported yet",
                    "group the UNION ALL of the rows");
        } else if (plan instanceof LogicalPlan.Filter
                || plan instanceof LogicalPlan.Project
                || plan instanceof LogicalPlan.Join) {
            above(plan.inputs().get(0), at);
        }
    }

    private static boolean hasGroups(LogicalPlan plan) {
        return plan instanceof LogicalPlan.Aggregate || plan.inputs().stream().anyMatch(ChangeChecks::hasGroups);
    }
}
