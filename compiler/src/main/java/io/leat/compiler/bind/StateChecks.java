package io.leat.compiler.bind;

import io.leat.compiler.logical.JoinTime.Interval;
import io.leat.compiler.logical.JoinTime.Unbounded;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.Traits.Changelog;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.runtime.connector.SourceTraits.End;

/** Warns of operators over sources that never end whose state nothing frees. */
final class StateChecks {
    private static final String EXPIRE = "EXPIRE AFTER INTERVAL '1' DAY";

    private final Problems problems;

    StateChecks(Problems problems) {
        this.problems = problems;
    }

    void check(LogicalPlan plan) {
        if (plan.traits().end() != End.UNBOUNDED) {
            return;
        }
        if (plan instanceof StreamJoin join) {
            checkJoin(join);
        } else if (plan instanceof LogicalPlan.Aggregate aggregate
                && !aggregate.windowed()
                && !Plans.leaves(aggregate.input())) {
            checkGroups(aggregate);
        } else if (plan instanceof Over over && !over.windowed() && !Plans.leaves(over.input())) {
            warn(
                    over.at(),
                    "this window function keeps all rows of its partitions, and nothing frees them",
                    "add window_start and window_end of a window such as TUMBLE to PARTITION BY"
                            + (mayExpire(over.input()) ? ", or write " + EXPIRE + " behind what it reads" : ""));
        }
        plan.inputs().forEach(this::check);
    }

    private void checkJoin(StreamJoin join) {
        boolean leftLeaves = Plans.leaves(join.left());
        boolean rightLeaves = Plans.leaves(join.right());
        if (join.time() instanceof Unbounded && leftLeaves && rightLeaves) {
            return;
        }
        if (join.time() instanceof Unbounded && (leftLeaves || rightLeaves)) {
            warn(
                    join.at(),
                    "this join keeps the rows of the " + (leftLeaves ? "right" : "left")
                            + " side, and nothing frees them",
                    "let them leave as time passes, too, such as by AND ts > NOW() - INTERVAL '1' DAY");
        } else if (join.time() instanceof Unbounded) {
            warn(join.at(), "this join keeps the rows of both sides, and nothing frees them", boundOfJoin(join));
        } else if (join.time() instanceof Interval interval && interval.isOpen()) {
            warn(
                    join.at(),
                    "this join keeps the rows of the " + (interval.endsLeft() ? "right" : "left")
                            + " side, and nothing frees them",
                    boundOfJoin(join));
        }
    }

    private void checkGroups(LogicalPlan.Aggregate groups) {
        if (isOneGroup(groups)) {
            return;
        }
        boolean isSetOperation = SetOperationBinder.isOne(groups);
        String window = isSetOperation
                ? "select window_start and window_end of a window such as TUMBLE on both sides"
                : "group by a window, such as TUMBLE";
        String expiry = !mayExpire(groups.input())
                ? ""
                : ", or write " + EXPIRE + " behind the tables of " + (isSetOperation ? "both queries" : "the query");
        warn(
                groups.at(),
                (isSetOperation ? "the rows of both sides" : "these groups")
                        + " are kept for ever, and nothing frees them",
                window + expiry + (isSetOperation ? "" : ", if there can be many"));
    }

    /** Whether there is one group, which does not grow: no values of it are kept. */
    private static boolean isOneGroup(LogicalPlan.Aggregate groups) {
        boolean adds = groups.input().traits().changelog() == Changelog.APPEND;
        return groups.keys().isEmpty()
                && groups.calls().stream().noneMatch(LogicalPlan.AggregateCall::distinct)
                && adds;
    }

    /** What bounds a join in time. */
    static String boundOfJoin(StreamJoin join) {
        if (join.time() instanceof Interval interval && interval.isOpen()) {
            return "write " + EXPIRE + " behind the " + (interval.endsLeft() ? "right" : "left") + " side, too";
        }
        String bound = "bound the join in time, such as AND a.ts BETWEEN b.ts - INTERVAL '1' HOUR AND b.ts";
        boolean timed = join.left().traits().eventTime().isPresent()
                && join.right().traits().eventTime().isPresent();
        return timed ? bound + ", or write " + EXPIRE + " behind both sides" : bound;
    }

    /** Whether rows have an event time, or would have if it had been kept, so that they can expire. */
    static boolean mayExpire(LogicalPlan rows) {
        if (rows.traits().eventTime().isPresent()) {
            return rows.traits().window().isEmpty();
        }
        boolean passes = rows instanceof LogicalPlan.Project
                || rows instanceof LogicalPlan.Filter
                || rows instanceof LogicalPlan.Union;
        return passes && rows.inputs().stream().allMatch(StateChecks::mayExpire);
    }

    private void warn(Origin at, String message, String help) {
        problems.add(ErrorCode.UNBOUNDED_STATE, at, message, help);
    }
}
