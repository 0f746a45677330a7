package io.leat.compiler.bind;

import io.leat.compiler.bind.OverCalls.Order;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.logical.WindowCall.Bound;
import io.leat.compiler.logical.WindowCall.Frame;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Window;
import io.leat.runtime.job.FrameSpec;
import io.leat.runtime.job.FrameSpec.BoundKind;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Frames of window functions. */
final class FrameBinder {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final Problems problems;
    private final ExpressionBinder expressions;

    FrameBinder(Problems problems, ExpressionBinder expressions) {
        this.problems = problems;
        this.expressions = expressions;
    }

    /**
     * The frame of a window; empty if it makes no sense, which has been said then.
     *
     * @param order of the window
     */
    Optional<Frame> bind(Window window, List<Order> order) {
        if (window.frame().isEmpty()) {
            return Optional.of(order.isEmpty() ? Frame.ALL : Frame.SO_FAR);
        }
        Window.Frame frame = window.frame().get();
        FrameSpec.Unit unit = FrameSpec.Unit.valueOf(frame.unit().name());
        boolean looksAtOrder = unit == FrameSpec.Unit.GROUPS
                || unit == FrameSpec.Unit.RANGE && (isOffset(frame.start()) || isOffset(frame.end()));
        if (looksAtOrder && order.isEmpty()) {
            return fail(frame.at(), "a frame of " + unit + " counts by the order, and there is none", "add ORDER BY");
        }
        Optional<Bound> start = bound(frame.start(), unit, order);
        Optional<Bound> end = bound(frame.end(), unit, order);
        if (start.isEmpty() || end.isEmpty() || !makesSense(frame, start.get(), end.get())) {
            return Optional.empty();
        }
        FrameSpec.Exclusion exclusion = frame.exclusion() == Window.Frame.Exclusion.NO_OTHERS
                ? FrameSpec.Exclusion.NONE
                : FrameSpec.Exclusion.valueOf(frame.exclusion().name());
        return Optional.of(new Frame(unit, start.get(), end.get(), exclusion));
    }

    private static boolean isOffset(Window.Bound bound) {
        return bound.distance().isPresent();
    }

    private <T> Optional<T> fail(Origin at, String message, String help) {
        problems.add(ErrorCode.BAD_FRAME, at, message, help);
        return Optional.empty();
    }

    private boolean makesSense(Window.Frame frame, Bound start, Bound end) {
        if (start.kind() == BoundKind.UNBOUNDED_FOLLOWING) {
            fail(frame.start().at(), "a frame cannot begin behind the last row", "begin it with UNBOUNDED PRECEDING");
            return false;
        }
        if (end.kind() == BoundKind.UNBOUNDED_PRECEDING) {
            fail(frame.end().at(), "a frame cannot end before the first row", "end it with UNBOUNDED FOLLOWING");
            return false;
        }
        int kinds = start.kind().compareTo(end.kind());
        boolean backwards = kinds > 0;
        if (kinds == 0 && start.kind().isOffset()) {
            int distances = number(start).compareTo(number(end));
            backwards = start.kind() == BoundKind.PRECEDING ? distances < 0 : distances > 0;
        }
        if (backwards) {
            fail(frame.at(), "this frame ends before it begins, so it has no rows", "exchange its two ends");
        }
        return !backwards;
    }

    private static BigDecimal number(Bound bound) {
        return new BigDecimal(bound.distance().orElseThrow().value().toString());
    }

    private Optional<Bound> bound(Window.Bound bound, FrameSpec.Unit unit, List<Order> order) {
        BoundKind kind = BoundKind.valueOf(bound.kind().name());
        if (bound.distance().isEmpty()) {
            return Optional.of(new Bound(kind, Optional.empty()));
        }
        Expr given = expressions.bind(bound.distance().get());
        if (!(given instanceof Literal literal) || literal.isNull()) {
            return fail(
                    given.at(),
                    "the distance of a frame must stand in the query",
                    "write a number or an interval, such as 10 or INTERVAL '5' MINUTE");
        }
        Optional<Literal> distance = unit == FrameSpec.Unit.RANGE ? byValue(literal, order) : count(literal, unit);
        if (distance.isPresent() && new BigDecimal(distance.get().value().toString()).signum() < 0) {
            return fail(
                    given.at(),
                    "the distance of a frame cannot be negative",
                    "write " + (kind == BoundKind.PRECEDING ? "FOLLOWING" : "PRECEDING") + " with a positive one");
        }
        return distance.map(value -> new Bound(kind, Optional.of(value)));
    }

    private Optional<Literal> count(Literal literal, FrameSpec.Unit unit) {
        return literal.type() instanceof IntegerType
                ? Optional.of(new Literal(literal.value(), Type.BIGINT, literal.at()))
                : fail(
                        literal.at(),
                        "a frame of " + unit + " counts in whole numbers, and this is "
                                + literal.type().sql(),
                        literal.type() instanceof IntervalType
                                ? "write RANGE for a distance in time"
                                : "write a whole number");
    }

    // ---- distances in values
    // -------------------------------------------------------------------------------------------

    private Optional<Literal> byValue(Literal literal, List<Order> order) {
        if (order.size() != 1) {
            return fail(
                    literal.at(),
                    "a distance in values needs one ORDER BY expression, and there are " + order.size(),
                    "order by one of them, or write ROWS");
        }
        Type by = order.get(0).value().type();
        if (by instanceof TimestampType || by instanceof TimeType || by instanceof DateType) {
            return inTime(literal, by);
        }
        if (by instanceof IntegerType && literal.type() instanceof IntegerType) {
            return Optional.of(new Literal(literal.value(), Type.BIGINT, literal.at()));
        }
        if (by instanceof FloatType && literal.value() instanceof Number number) {
            return Optional.of(new Literal(number.doubleValue(), Type.DOUBLE, literal.at()));
        }
        if (by instanceof DecimalType decimal && decimal.precision() > DecimalType.MAX_LONG_PRECISION) {
            return fail(
                    literal.at(),
                    "a distance in values of " + by.sql() + " is not supported yet",
                    "order by CAST(… AS DECIMAL(" + DecimalType.MAX_LONG_PRECISION + ", " + decimal.scale() + "))");
        }
        boolean exact = literal.type() instanceof IntegerType || literal.type() instanceof DecimalType;
        Expr converted =
                by instanceof DecimalType && exact ? expressions.conversions().cast(literal, by) : literal;
        if (by instanceof DecimalType
                && converted instanceof Literal number
                && number.type().equals(by)) {
            return Optional.of(number);
        }
        return fail(
                literal.at(),
                "rows are ordered by " + by.sql() + ", and this distance is "
                        + literal.type().sql(),
                by instanceof IntegerType || by instanceof DecimalType
                        ? "write a number that is a " + by.sql()
                        : "order by a number or a time, or write ROWS");
    }

    private Optional<Literal> inTime(Literal literal, Type by) {
        if (!(literal.type() instanceof IntervalType interval)) {
            return fail(
                    literal.at(),
                    "rows are ordered by " + by.sql() + ", and this distance is "
                            + literal.type().sql(),
                    "write an interval, such as INTERVAL '5' MINUTE");
        }
        if (interval.months()) {
            return fail(
                    literal.at(),
                    "months differ in length, and a distance in time has one",
                    "write it in days, such as INTERVAL '30' DAY");
        }
        if (by instanceof DateType && (Long) literal.value() % MICROS_PER_DAY != 0) {
            return fail(literal.at(), "dates are whole days apart", "write it in days, such as INTERVAL '7' DAY");
        }
        return Optional.of(literal);
    }
}
