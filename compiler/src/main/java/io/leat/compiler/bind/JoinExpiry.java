package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.function.Operators;
import io.leat.compiler.logical.JoinTime.Interval;
import io.leat.compiler.logical.JoinTime.TimeColumn;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code EXPIRE AFTER} says of the pairs of a join: a row matches only rows of the other side that are less than the time later.
 *
 * @param bound the same of two streams; a side without expiry leaves it open at one end
 * @param condition the same over the columns of both sides, for a table that is looked up
 */
record JoinExpiry(Interval bound, Expr condition) {

    /** Empty if nothing expires, or if the other side has no time, so that the join has no use for it. */
    static Optional<JoinExpiry> of(Context context, BoundRelation left, BoundRelation right, Origin at) {
        if (left.expiry().isEmpty() && right.expiry().isEmpty()) {
            return Optional.empty();
        }
        OptionalInt leftTime = left.plan().traits().eventTime();
        OptionalInt rightTime = right.plan().traits().eventTime();
        if (leftTime.isPresent() && rightTime.isPresent()) {
            left.expiry().ifPresent(Expiry::use);
            right.expiry().ifPresent(Expiry::use);
            return Optional.of(bound(context, left, right, leftTime.getAsInt(), rightTime.getAsInt(), at));
        }
        for (BoundRelation side : List.of(left, right)) {
            BoundRelation other = side == left ? right : left;
            boolean endless = other.plan().traits().end() == End.UNBOUNDED;
            if (side.expiry().isPresent() && (endless || other.expiry().isPresent())) {
                throw context.problems()
                        .abandon(
                                ErrorCode.NO_WATERMARK,
                                side.expiry().get().at(),
                                "rows expire as event time goes on, and the other side of this join has none",
                                "declare its WATERMARK, and keep that column up to the join");
            }
        }
        return Optional.empty();
    }

    private static JoinExpiry bound(
            Context context, BoundRelation left, BoundRelation right, int leftTime, int rightTime, Origin at) {
        Expr leftColumn = Plans.columns(left.plan(), at).get(leftTime);
        int width = left.plan().output().size();
        Expr rightColumn = Exprs.move(Plans.columns(right.plan(), at).get(rightTime), column -> column + width);
        Conversions conversions = new Conversions(context);
        Optional<Type> common = conversions.common(leftColumn.type(), rightColumn.type());
        boolean comparable = leftColumn.type() instanceof TimestampType one
                && rightColumn.type() instanceof TimestampType other
                && one.local() == other.local();
        if (!comparable || !(common.orElse(Type.NULL) instanceof TimestampType type)) {
            throw context.problems()
                    .abandon(
                            ErrorCode.TYPE_MISMATCH,
                            left.expiry().or(right::expiry).orElseThrow().at(),
                            "the event times of both sides are compared, and they are "
                                    + leftColumn.type().sql() + " and "
                                    + rightColumn.type().sql(),
                            "declare both as TIMESTAMP, or both as TIMESTAMP_LTZ");
        }
        long from =
                left.expiry().map(expiry -> -lastMoment(expiry, type.unit())).orElse(Interval.OPEN_FROM);
        long to = right.expiry().map(expiry -> lastMoment(expiry, type.unit())).orElse(Interval.OPEN_TO);
        Interval bound = new Interval(new TimeColumn(leftTime, 0), new TimeColumn(rightTime, 0), from, to);
        ExpressionBinder expressions = new ExpressionBinder(context, QueryBinder.nothing(at));
        Expr ofLeft = conversions.cast(leftColumn, type);
        Expr ofRight = conversions.cast(rightColumn, type);
        List<Expr> conditions = new ArrayList<>();
        left.expiry().ifPresent(expiry -> conditions.add(stands(expressions, ofLeft, ofRight, -from, expiry.at())));
        right.expiry().ifPresent(expiry -> conditions.add(stands(expressions, ofRight, ofLeft, to, expiry.at())));
        return new JoinExpiry(bound, Exprs.and(conditions));
    }

    /** How much later than a row the last row is that it still stands for, in whole units of the event times. */
    private static long lastMoment(Expiry expiry, long unit) {
        return (expiry.micros() - 1) / unit * unit;
    }

    private static Expr stands(ExpressionBinder expressions, Expr row, Expr other, long micros, Origin at) {
        Expr last = expressions.call(
                Operators.bind(Operators.Binary.ADD, row.type(), Type.INTERVAL_MICROS)
                        .orElseThrow(),
                List.of(row, new Expr.Literal(micros, Type.INTERVAL_MICROS, at)),
                at);
        return expressions.compare(Compare.Operator.LESS_OR_EQUAL, other, last, at);
    }

    /** The same with the sides changed. */
    JoinExpiry turned(LogicalPlan left, LogicalPlan right) {
        return new JoinExpiry(bound.turned(), JoinPlans.turned(condition, left, right));
    }
}
