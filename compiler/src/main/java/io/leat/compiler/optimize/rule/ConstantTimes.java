package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr.Call;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.runtime.kernel.Dates;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.kernel.Timestamps;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.TimestampType;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Dates and timestamps without a zone, moved by intervals that stand in the query. Only of the years 1 to 9999, computed by the
 * kernels that generated code calls; what is beyond stays, and fails or not when it is computed. Instants wait for the zone of the job.
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
        try {
            long amount = operator.equals("-") ? Math.negateExact(length) : length;
            return moved(call.type(), time.type(), from, interval.months(), amount);
        } catch (RowError | ArithmeticException e) {
            return Optional.empty(); // it fails for each row
        }
    }

    private static Optional<Long> moved(Type type, Type of, long from, boolean months, long amount) {
        if (type instanceof DateType && of instanceof DateType && months && isKnown(from)) {
            long to = Dates.addMonths((int) from, Math.toIntExact(amount));
            return Optional.of(to).filter(ConstantTimes::isKnown);
        }
        if (type instanceof TimestampType timestamp && of.equals(type) && !timestamp.local()) {
            long ticks = timestamp.ticksPerSecond();
            long to = months
                    ? Timestamps.addMonths(from, Math.toIntExact(amount), ticks)
                    : Timestamps.addMicros(from, amount, ticks);
            long ticksPerDay = ticks * SECONDS_PER_DAY;
            boolean known = isKnown(Math.floorDiv(from, ticksPerDay)) && isKnown(Math.floorDiv(to, ticksPerDay));
            return known ? Optional.of(to) : Optional.empty();
        }
        return Optional.empty();
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
