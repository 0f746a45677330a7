package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.JoinTime.Interval;
import io.leat.compiler.logical.JoinTime.Unbounded;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.Traits;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Relation.JoinKind;
import io.leat.runtime.connector.SourceTraits.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what kind of join it is: a lookup of rows in a table that ends and is read first, or a join of two sides that go on, with or
 * without a bound in time.
 */
final class JoinPlans {
    private JoinPlans() {}

    /**
     * A plan with the columns of the left side, then, unless it only tests, those of the right one.
     *
     * @param expiry how long rows of the sides stand for each other
     */
    static LogicalPlan join(
            JoinKind kind,
            LogicalPlan left,
            LogicalPlan right,
            Expr condition,
            Optional<JoinExpiry> expiry,
            Origin at) {
        Expr whole = expiry.map(each -> Exprs.and(condition, each.condition())).orElse(condition);
        Optional<Interval> stands = expiry.map(JoinExpiry::bound);
        return switch (kind) {
            case INNER, CROSS -> {
                if (!streams(right)) {
                    yield new Join(Join.Kind.INNER, left, right, whole, at);
                }
                yield streams(left)
                        ? streamJoin(io.leat.runtime.job.JoinKind.INNER, left, right, condition, stands, at)
                        : turned(new Join(Join.Kind.INNER, right, left, turned(whole, left, right), at), left);
            }
            case LEFT ->
                streams(right)
                        ? streamJoin(io.leat.runtime.job.JoinKind.LEFT, left, right, condition, stands, at)
                        : new Join(Join.Kind.LEFT, left, right, whole, at);
            case RIGHT -> {
                Optional<JoinExpiry> turned = expiry.map(each -> each.turned(left, right));
                yield turned(join(JoinKind.LEFT, right, left, turned(condition, left, right), turned, at), left);
            }
            case FULL -> streamJoin(io.leat.runtime.job.JoinKind.FULL, left, right, condition, stands, at);
            case SEMI ->
                streams(right)
                        ? streamJoin(io.leat.runtime.job.JoinKind.SEMI, left, right, condition, stands, at)
                        : new Join(Join.Kind.SEMI, left, right, whole, at);
            case ANTI ->
                streams(right)
                        ? streamJoin(io.leat.runtime.job.JoinKind.ANTI, left, right, condition, stands, at)
                        : new Join(Join.Kind.ANTI, left, right, whole, at);
            case ASOF, ASOF_LEFT -> throw new IllegalArgumentException("a join as of a time is bound elsewhere");
        };
    }

    /** Every row of the left side, with a column behind its own that says whether it has a partner. */
    static LogicalPlan mark(
            LogicalPlan left, LogicalPlan right, Expr condition, Optional<JoinExpiry> expiry, Origin at) {
        if (streams(right)) {
            Optional<Interval> stands = expiry.map(JoinExpiry::bound);
            return streamJoin(io.leat.runtime.job.JoinKind.MARK, left, right, condition, stands, at);
        }
        Expr whole = expiry.map(each -> Exprs.and(condition, each.condition())).orElse(condition);
        return new Join(Join.Kind.MARK, left, right, whole, at);
    }

    /**
     * Whether rows come one after another in the order of time, so that the other side is the one to look up. Of groups of windows any
     * bound says what time it is, as it does for the join.
     */
    static boolean streams(LogicalPlan plan) {
        Traits traits = plan.traits();
        boolean timed = traits.eventTime().isPresent() || traits.window().isPresent();
        return traits.end() == End.UNBOUNDED || traits.end() == End.ENDING && timed;
    }

    private static StreamJoin streamJoin(
            io.leat.runtime.job.JoinKind kind,
            LogicalPlan left,
            LogicalPlan right,
            Expr condition,
            Optional<Interval> known,
            Origin at) {
        JoinTimes.Found found = JoinTimes.find(left, right, condition, known);
        return new StreamJoin(kind, left, right, found.condition(), found.time(), at);
    }

    /** A condition over the left and the right side as one over the right and the left side. */
    static Expr turned(Expr condition, LogicalPlan left, LogicalPlan right) {
        int leftWidth = left.output().size();
        int rightWidth = right.output().size();
        return Exprs.move(condition, column -> column < leftWidth ? rightWidth + column : column - leftWidth);
    }

    /** The columns of {@code left}, which come last in a join, first again. */
    private static LogicalPlan turned(LogicalPlan join, LogicalPlan left) {
        int rightWidth = join.output().size() - left.output().size();
        List<Expr> columns = Plans.columns(join, join.at());
        List<String> names = Plans.names(join);
        return new LogicalPlan.Project(
                join,
                Plans.concat(columns.subList(rightWidth, columns.size()), columns.subList(0, rightWidth)),
                Plans.concat(names.subList(rightWidth, names.size()), names.subList(0, rightWidth)),
                join.at());
    }

    // ---- conditions of WHERE
    // -------------------------------------------------------------------------------------------

    /**
     * The rows of an inner join of streams for which a condition of WHERE holds: the condition becomes part of the join, or of the joins
     * below it that it speaks of, since it may be the one that bounds it in time. Other plans get a filter.
     */
    static LogicalPlan filter(LogicalPlan plan, Expr condition, Origin at) {
        if (!(plan instanceof StreamJoin join)
                || join.kind() != io.leat.runtime.job.JoinKind.INNER
                || !mayBeBound(join.time())) {
            return new LogicalPlan.Filter(plan, condition, at);
        }
        int width = join.left().output().size();
        List<Expr> below = new ArrayList<>();
        List<Expr> here = new ArrayList<>();
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            boolean ofLeft = Exprs.columns(conjunct).stream().allMatch(column -> column < width);
            boolean overtakes = here.stream().anyMatch(Exprs::canFail) || Exprs.canFail(join.condition());
            boolean moves =
                    ofLeft && !Exprs.columns(conjunct).isEmpty() && !overtakes && join.left() instanceof StreamJoin;
            (moves ? below : here).add(conjunct);
        }
        LogicalPlan left = below.isEmpty() ? join.left() : filter(join.left(), Exprs.and(below), at);
        Expr all = Exprs.and(join.condition(), Exprs.and(here));
        Optional<Interval> known = join.time() instanceof Interval open ? Optional.of(open) : Optional.empty();
        return streamJoin(join.kind(), left, join.right(), all, known, join.at());
    }

    private static boolean mayBeBound(JoinTime time) {
        return time instanceof Unbounded || time instanceof Interval interval && interval.isOpen();
    }
}
