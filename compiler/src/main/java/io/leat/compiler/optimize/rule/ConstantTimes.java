package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr.Call;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.TimestampType;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Dates and timestamps without a zone, moved by intervals that stand in the query. Only of the years 1 to 9999, where nothing can overflow;
 * what is beyond stays, and fails or not when it is computed. Instants wait for the zone of the job.
 */
final class ConstantTimes {
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private ConstantTimes() {}

    /** What a sum or difference of a time and an interval is; empty if it is none of those, or not to be computed here. */
    static Optional<Long> moved(Call call, Literal time, Literal by) {
        String operator = call.function().name();
        boolean moves = operator.equals("+") || operator.equals("-");
        if (!moves
                || !(by.type() instanceof IntervalType interval)
                || !(time.value() instanceof Long from && by.value() instanceof Long length)) {
            return Optional.empty();
        }
        long amount = operator.equals("-") ? -length : length;
        // The negative of the least number is none, and it is no length that a calendar has.
        if (Math.abs(length) > (LAST_DAY - FIRST_DAY) * SECONDS_PER_DAY * MICROS_PER_SECOND
                || length == Long.MIN_VALUE) {
            return Optional.empty();
        }
        if (call.type() instanceof DateType && time.type() instanceof DateType && interval.months()) {
            return isKnown(from) ? months(from, amount).filter(ConstantTimes::isKnown) : Optional.empty();
        }
        if (call.type() instanceof TimestampType type && time.type().equals(type) && !type.local()) {
            return timestamp(from, amount, interval, type);
        }
        return Optional.empty();
    }

    private static Optional<Long> timestamp(long from, long amount, IntervalType interval, TimestampType type) {
        long ticksPerDay = type.ticksPerSecond() * SECONDS_PER_DAY;
        if (!isKnown(Math.floorDiv(from, ticksPerDay))) {
            return Optional.empty();
        }
        if (interval.months()) {
            return months(Math.floorDiv(from, ticksPerDay), amount)
                    .filter(ConstantTimes::isKnown)
                    .map(day -> day * ticksPerDay + Math.floorMod(from, ticksPerDay));
        }
        if (type.ticksPerSecond() != MICROS_PER_SECOND) {
            return Optional.empty();
        }
        long to = from + amount;
        return isKnown(Math.floorDiv(to, ticksPerDay)) ? Optional.of(to) : Optional.empty();
    }

    /** A day that a month lacks becomes its last. */
    private static Optional<Long> months(long day, long months) {
        long years = Math.abs(months) / 12;
        return years > 9_999
                ? Optional.empty()
                : Optional.of(LocalDate.ofEpochDay(day).plusMonths(months).toEpochDay());
    }

    /** The start of a day as a timestamp; empty for other casts. */
    static Optional<Object> cast(Literal from, Type to) {
        boolean isDay = from.type() instanceof DateType && from.value() instanceof Long day && isKnown(day);
        return isDay && to instanceof TimestampType type && !type.local() && type.ticksPerSecond() <= MICROS_PER_SECOND
                ? Optional.of((Long) from.value() * SECONDS_PER_DAY * type.ticksPerSecond())
                : Optional.empty();
    }

    private static boolean isKnown(long day) {
        return day >= FIRST_DAY && day <= LAST_DAY;
    }
}
