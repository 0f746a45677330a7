package io.leat.compiler.bind;

import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.Demand;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.StreamJoin;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.runtime.connector.SourceTraits.End;

/** Whether the rows of a query can be told the way its statement asks for. */
final class ChangeChecks {
    private final Problems problems;
    private final String instead;

    /**
     * @param instead the way to have changes where the end is too far
     */
    ChangeChecks(Problems problems, String instead) {
        this.problems = problems;
        this.instead = instead;
    }

    /**
     * @param at what asks for it: the EMIT clause, or the statement
     */
    void check(LogicalPlan plan, Demand demand, Origin at) {
        if (demand == Demand.CHANGES && isOrdered(plan)) {
            problems.add(
                    ErrorCode.NOT_SUPPORTED,
                    at,
                    "changes have the order in which they happen: EMIT CHANGES goes without ORDER BY and LIMIT",
                    "write EMIT FINAL");
        }
        checkNode(plan, demand);
        if (demand == Demand.FINAL && Plans.comesAndGoes(plan) && plan.traits().end() == End.UNBOUNDED) {
            problems.add(
                    ErrorCode.NEVER_ENDS,
                    at,
                    "rows of '" + changelog(plan).table().name() + "' come and go, and " + EndChecks.endless(plan)
                            + " never ends",
                    instead + ", or read up to now with --until now");
        }
        checkClock(plan);
    }

    /** The changelog whose changes the rows of a plan are. */
    static LogicalPlan.Scan changelog(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Scan scan) {
            return scan;
        }
        return plan.inputs().stream()
                .filter(Plans::comesAndGoes)
                .findFirst()
                .map(ChangeChecks::changelog)
                .orElseThrow();
    }

    /** A row that is taken back must be computed as it was when it came. */
    private void checkClock(LogicalPlan plan) {
        if (plan.inputs().stream().anyMatch(Plans::comesAndGoes)) {
            Plans.expressions(plan).stream()
                    .filter(Exprs::asksTheClock)
                    .findFirst()
                    .ifPresent(expression -> problems.add(
                            ErrorCode.NOT_SUPPORTED,
                            expression.at(),
                            "the clock is not asked of rows that come and go: a row that goes must be the same as when it came",
                            "leave it out, or ask it of the groups of an aggregate"));
        }
        plan.inputs().forEach(this::checkClock);
    }

    /** Whether the rows of a query have an order of their own, or are cut off in one. */
    static boolean isOrdered(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Filter || plan instanceof LogicalPlan.Project) {
            return isOrdered(plan.inputs().get(0));
        }
        return plan instanceof LogicalPlan.Sort || plan instanceof LogicalPlan.Limit;
    }

    private void checkNode(LogicalPlan plan, Demand demand) {
        if (plan instanceof Aggregate aggregate && !aggregate.windowed()) {
            if (demand == Demand.FINAL && aggregate.traits().end() == End.UNBOUNDED) {
                refuseEndless(aggregate);
                return;
            }
        }
        if (plan instanceof StreamJoin join && join.takesBack() && demand == Demand.FINAL) {
            requireEnd(join);
        }
        if (plan instanceof Over over && !over.windowed() && demand == Demand.FINAL) {
            requireEnd(over);
        }
        for (int i = 0; i < plan.inputs().size(); i++) {
            checkNode(plan.inputs().get(i), demand.ofInput(plan, i));
        }
    }

    private void refuseEndless(Aggregate plan) {
        boolean hasWindow = plan.input().traits().window().isPresent();
        String what = plan.calls().isEmpty() ? "DISTINCT needs" : "these groups need";
        if (SetOperationBinder.isOne(plan)) {
            what = "INTERSECT and EXCEPT need";
        }
        problems.add(
                ErrorCode.NEVER_ENDS,
                plan.at(),
                what + " all rows, and " + EndChecks.endless(plan) + " never ends",
                hasWindow
                        ? "add window_start and window_end to GROUP BY"
                        : "group by a window, such as TUMBLE, " + expiry(plan) + instead
                                + ", or read up to now with --until now");
    }

    private static String expiry(LogicalPlan plan) {
        return StateChecks.mayExpire(plan.inputs().get(0)) ? "let its rows EXPIRE AFTER a time, " : "";
    }

    private void requireEnd(StreamJoin plan) {
        if (plan.traits().end() == End.UNBOUNDED) {
            problems.add(
                    ErrorCode.NEVER_ENDS,
                    plan.at(),
                    "which rows have no partner is known at the end, and " + EndChecks.endless(plan) + " never ends",
                    StateChecks.boundOfJoin(plan) + ", " + instead + ", or read up to now with --until now");
        }
    }

    private void requireEnd(Over plan) {
        if (plan.traits().end() == End.UNBOUNDED) {
            problems.add(
                    ErrorCode.NEVER_ENDS,
                    plan.at(),
                    "window functions need all rows of a partition, and " + EndChecks.endless(plan) + " never ends",
                    "add window_start and window_end of a window such as TUMBLE to PARTITION BY, " + expiry(plan)
                            + instead + ", or read up to now with --until now");
        }
    }
}
