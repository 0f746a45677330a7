package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.ClockFilter;
import io.leat.compiler.logical.ClockFilter.Moment;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.type.Type.TimestampType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes of conditions that ask for the clock what takes rows back when they cease to hold: where changes are told, and where rows come
 * and go anyway. Elsewhere such a condition is asked of each row once, when it comes.
 *
 * <p>Where both sides of a join are kept for ever, conditions on one of them go below it, so that its rows are freed, too.
 */
final class ClockConditions {
    private final ZoneId zone;
    private final Problems problems;
    private final boolean changes;
    /** When the rows of the whole query end. */
    private End end = End.BOUNDED;

    /**
     * @param changes whether changes are told
     */
    ClockConditions(ZoneId zone, Problems problems, boolean changes) {
        this.zone = zone;
        this.problems = problems;
        this.changes = changes;
    }

    LogicalPlan in(LogicalPlan plan) {
        end = plan.traits().end();
        return in(plan, "");
    }

    /**
     * @param holder what above it cannot do with rows that leave; empty if everything can
     */
    private LogicalPlan in(LogicalPlan plan, String holder) {
        String below = holder.isEmpty() ? holder(plan) : holder;
        List<LogicalPlan> inputs = new ArrayList<>();
        for (int i = 0; i < plan.inputs().size(); i++) {
            // What is looked up is complete before it is, and asked when it is read.
            boolean lookedUp = plan instanceof Join && i == 1;
            ClockConditions of = lookedUp ? new ClockConditions(zone, problems, false) : this;
            inputs.add(of.in(plan.inputs().get(i), lookedUp ? "" : below));
        }
        LogicalPlan over = inputs.equals(plan.inputs()) ? plan : plan.withInputs(inputs);
        if (!changes && over.inputs().stream().noneMatch(Plans::comesAndGoes)) {
            return over;
        }
        if (over instanceof Filter filter) {
            return filter(filter, holder);
        }
        if (over instanceof Aggregate aggregate) {
            aggregate.calls().forEach(this::checkFilter);
        }
        if (over instanceof Join join) {
            boolean inner = join.kind() == Join.Kind.INNER;
            return join(over, join.condition(), inner, holder);
        }
        if (over instanceof StreamJoin join) {
            boolean inner = join.kind() == JoinKind.INNER && !(join.time() instanceof JoinTime.AsOf);
            return join(over, join.condition(), inner, holder);
        }
        return over;
    }

    /** What a node is that needs rows to stay, since it goes by their time; empty if it is none. */
    private static String holder(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Window || plan instanceof Aggregate aggregate && aggregate.windowed()) {
            return "a window";
        }
        if (plan instanceof Sessions) {
            return "sessions and what expires";
        }
        if (plan instanceof StreamJoin join) {
            if (join.time() instanceof JoinTime.AsOf) {
                return "a join as of a time";
            }
            return join.time() instanceof JoinTime.Unbounded ? "" : "a join that is bounded in time";
        }
        return "";
    }

    private LogicalPlan filter(Filter filter, String holder) {
        List<Expr> asking = asking(filter.condition());
        if (asking.isEmpty()) {
            return filter;
        }
        List<Expr> others = new ArrayList<>(Exprs.conjuncts(filter.condition()));
        others.removeAll(asking);
        LogicalPlan kept =
                others.isEmpty() ? filter.input() : new Filter(filter.input(), Exprs.and(others), filter.at());
        return leaving(kept, asking, filter.at(), holder);
    }

    /** A row that leaves the condition of a call would have to stay for the others. */
    private void checkFilter(AggregateCall call) {
        call.filter()
                .filter(Exprs::asksTheClock)
                .ifPresent(condition -> problems.add(
                        ErrorCode.NOT_SUPPORTED,
                        condition.at(),
                        "rows that leave a condition as time passes are not taken back from one aggregate of several",
                        "ask it in WHERE of a query of its own, and join that; or write PROCTIME() in place of the clock to ask"
                                + " once, when a row is read"));
    }

    /** A join, whose condition is asked of pairs where it finds pairs only. */
    private LogicalPlan join(LogicalPlan plan, Expr condition, boolean inner, String holder) {
        List<Expr> asking = asking(condition);
        if (asking.isEmpty()) {
            return plan;
        }
        if (!inner) {
            problems.add(
                    ErrorCode.NOT_SUPPORTED,
                    asking.get(0).at(),
                    "partners that leave a condition as time passes are found by inner joins only",
                    "ask it in WHERE of a query of its own, and join that");
            return plan;
        }
        List<Expr> others = new ArrayList<>(Exprs.conjuncts(condition));
        others.removeAll(asking);
        Expr kept = Exprs.and(others);
        LogicalPlan pairs = plan instanceof StreamJoin join
                ? new StreamJoin(join.kind(), join.left(), join.right(), kept, join.time(), join.at())
                : new Join(
                        ((Join) plan).kind(),
                        plan.inputs().get(0),
                        plan.inputs().get(1),
                        kept,
                        plan.at());
        return leaving(pairs, asking, plan.at(), holder);
    }

    private static List<Expr> asking(Expr condition) {
        return Exprs.conjuncts(condition).stream().filter(Exprs::asksTheClock).toList();
    }

    private LogicalPlan leaving(LogicalPlan rows, List<Expr> conditions, Origin at, String holder) {
        if (!holder.isEmpty()) {
            problems.add(
                    ErrorCode.NOT_SUPPORTED,
                    conditions.get(0).at(),
                    "rows that leave a condition as time passes cannot go into " + holder,
                    "ask it behind that; or write PROCTIME() in place of the clock, or EMIT FINAL, to ask once, when a row"
                            + " is read");
            return rows;
        }
        if (end == End.UNBOUNDED && rows.traits().end() != End.UNBOUNDED) {
            problems.add(
                    ErrorCode.NOT_SUPPORTED,
                    conditions.get(0).at(),
                    "these rows end before the others of the query, and nobody asks the clock for them any more",
                    "ask it of the others, too, above where they meet");
            return rows;
        }
        ClockBounds bounds = new ClockBounds(zone, problems);
        conditions.forEach(bounds::add);
        return over(rows, bounds.from(), bounds.until(), at);
    }

    // ---- joins
    // ---------------------------------------------------------------------------------------------------------

    /** The rows while they are there: of a join that is not bounded in time, where that goes, by the rows of one side. */
    private LogicalPlan over(LogicalPlan rows, List<Moment> from, List<Moment> until, Origin at) {
        if (from.isEmpty() && until.isEmpty()) {
            return rows;
        }
        if (!(rows instanceof StreamJoin join && join.time() instanceof JoinTime.Unbounded)) {
            return new ClockFilter(rows, from, until, at);
        }
        int width = join.left().output().size();
        boolean byLeft = join.kind() != JoinKind.FULL;
        boolean byRight = join.kind() == JoinKind.INNER;
        LogicalPlan left = byLeft ? over(join.left(), ofLeft(from, width), ofLeft(until, width), at) : join.left();
        LogicalPlan right =
                byRight ? over(join.right(), ofRight(from, width), ofRight(until, width), at) : join.right();
        List<Moment> fromLeft = rest(from, width, byLeft, byRight);
        List<Moment> untilLeft = rest(until, width, byLeft, byRight);
        LogicalPlan pairs = join.withInputs(List.of(left, right));
        return fromLeft.isEmpty() && untilLeft.isEmpty() ? pairs : new ClockFilter(pairs, fromLeft, untilLeft, at);
    }

    private static List<Moment> ofLeft(List<Moment> moments, int width) {
        return moments.stream().filter(each -> isOfLeft(each, width)).toList();
    }

    private static List<Moment> ofRight(List<Moment> moments, int width) {
        return moments.stream()
                .filter(each -> isOfRight(each, width))
                .map(each -> each.with(Exprs.move(each.time(), column -> column - width)))
                .toList();
    }

    private static List<Moment> rest(List<Moment> moments, int width, boolean byLeft, boolean byRight) {
        return moments.stream()
                .filter(each -> !(byLeft && isOfLeft(each, width)) && !(byRight && isOfRight(each, width)))
                .toList();
    }

    private static boolean isOfLeft(Moment moment, int width) {
        Set<Integer> columns = columns(moment);
        return !columns.isEmpty() && columns.stream().allMatch(column -> column < width);
    }

    private static boolean isOfRight(Moment moment, int width) {
        Set<Integer> columns = columns(moment);
        return !columns.isEmpty() && columns.stream().allMatch(column -> column >= width);
    }

    /**
     * What may fail is asked of pairs only: none of its columns is of a side. That a local time is no moment at the ends of time does
     * not count.
     */
    private static Set<Integer> columns(Moment moment) {
        boolean local = moment.time() instanceof Expr.Cast cast && cast.value().type() instanceof TimestampType;
        Expr computed = local ? ((Expr.Cast) moment.time()).value() : moment.time();
        return Exprs.canFail(computed) ? Set.of() : Exprs.columns(computed);
    }
}
