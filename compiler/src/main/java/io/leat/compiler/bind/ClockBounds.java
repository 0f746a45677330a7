package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Expr.Compare.Operator;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.ClockFilter.Moment;
import io.leat.grammar.source.ErrorCode;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.TimestampType;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * When a condition on the clock begins to hold for a row, and when it ceases to: {@code ts > NOW() - INTERVAL '1' HOUR} holds until an
 * hour behind {@code ts}. What is done to the clock is undone on the other side of the comparison.
 */
final class ClockBounds {
    private static final Set<String> NOW = Set.of("NOW", "CURRENT_TIMESTAMP");
    private static final String LOCAL_NOW = "LOCALTIMESTAMP";
    private static final TimestampType MOMENT = new TimestampType(TimestampType.MAX_MICROS_PRECISION, true);

    private final ZoneId zone;
    private final Problems problems;
    private final List<Moment> from = new ArrayList<>();
    private final List<Moment> until = new ArrayList<>();

    ClockBounds(ZoneId zone, Problems problems) {
        this.zone = zone;
        this.problems = problems;
    }

    /** Moments from which on rows are there. */
    List<Moment> from() {
        return from;
    }

    /** Moments at which rows go. */
    List<Moment> until() {
        return until;
    }

    /** Adds the moment of a condition that asks for the clock; adds a problem if it has none. */
    void add(Expr condition) {
        if (condition instanceof Expr.Not not && not.operand() instanceof Compare compare) {
            add(new Compare(compare.operator().negated(), compare.left(), compare.right(), compare.at()));
            return;
        }
        if (!(condition instanceof Compare compare) || isEquality(compare.operator())) {
            refuse(condition);
            return;
        }
        boolean left = Exprs.asksTheClock(compare.left());
        if (left == Exprs.asksTheClock(compare.right())) {
            refuse(condition);
            return;
        }
        add(
                condition,
                left ? compare.left() : compare.right(),
                left ? compare.operator() : compare.operator().swapped(),
                left ? compare.right() : compare.left());
    }

    private static boolean isEquality(Operator operator) {
        return operator == Operator.EQUAL || operator == Operator.NOT_EQUAL || operator.nullIsValue();
    }

    /** {@code clock operator time}: takes away from the clock what surrounds it. */
    private void add(Expr condition, Expr clock, Operator operator, Expr time) {
        long shift = 0;
        Expr rest = clock;
        while (!isNow(rest)) {
            if (rest instanceof Expr.Call call && interval(call) != null) {
                long length = (Long) interval(call).value();
                shift += call.function().name().equals("-") ? length : -length;
                rest = call.arguments().get(interval(call) == call.arguments().get(0) ? 1 : 0);
            } else if (rest instanceof Expr.Cast cast && isFaithful(cast)) {
                rest = cast.value();
            } else {
                refuse(condition);
                return;
            }
        }
        if (!((TimestampType) time.type()).local()) {
            if (!(zone.normalized() instanceof ZoneOffset)) {
                problems.add(
                        ErrorCode.NOT_SUPPORTED,
                        condition.at(),
                        "clocks of " + zone.getId() + " are set back, so that this may hold again after it ceased to",
                        "compare moments: CAST the time to TIMESTAMP_LTZ, and not the clock to TIMESTAMP");
                return;
            }
            time = new Expr.Cast(time, MOMENT, false, time.at());
        }
        while (time instanceof Expr.Cast cast
                && isFaithful(cast)
                && cast.value().type() instanceof TimestampType type
                && type.local()
                && !type.nanos()) {
            time = cast.value();
        }
        switch (operator) {
            case LESS -> until.add(new Moment(time, shift));
            case LESS_OR_EQUAL -> until.add(new Moment(time, shift + 1));
            case GREATER -> from.add(new Moment(time, shift + 1));
            case GREATER_OR_EQUAL -> from.add(new Moment(time, shift));
            case EQUAL, NOT_EQUAL, DISTINCT, NOT_DISTINCT -> refuse(condition);
        }
    }

    private static boolean isNow(Expr clock) {
        return clock instanceof Expr.Call call
                && (NOW.contains(call.function().name())
                        || call.function().name().equals(LOCAL_NOW));
    }

    /** The time of fixed length that is added to the clock or taken away; null if it is something else. */
    private static Expr.Literal interval(Expr.Call call) {
        boolean sum = call.arguments().size() == 2
                && (call.function().name().equals("+") || call.function().name().equals("-"));
        if (!sum) {
            return null;
        }
        return call.arguments().stream()
                .filter(each -> each instanceof Expr.Literal literal
                        && literal.type().equals(Type.INTERVAL_MICROS)
                        && !literal.isNull())
                .map(Expr.Literal.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** Whether a cast leaves each moment of the clock what it is. */
    private static boolean isFaithful(Expr.Cast cast) {
        return cast.type() instanceof TimestampType to
                && cast.value().type() instanceof TimestampType
                && to.precision() == TimestampType.MAX_MICROS_PRECISION
                && !cast.orNull();
    }

    private void refuse(Expr condition) {
        problems.add(
                ErrorCode.NOT_SUPPORTED,
                condition.at(),
                "when rows leave this condition is not told by them",
                "compare a time with the clock by < or >, as in ts > NOW() - INTERVAL '1' HOUR, and combine that by AND;"
                        + " or write PROCTIME() in place of the clock to ask once, when a row is read");
    }
}
