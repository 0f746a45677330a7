package io.leat.compiler.function;

import io.leat.compiler.function.Overload.Bound;
import io.leat.compiler.function.Overload.Resolved;
import io.leat.compiler.function.ScalarFunction.Kernel;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Functions with a unit of time: {@code EXTRACT}, {@code FLOOR … TO}, {@code DATE_TRUNC}, {@code TIMESTAMPADD} and {@code
 * TIMESTAMPDIFF}. Of an instant they speak of its reading in the zone of the job.
 */
public final class TimeUnits {
    private TimeUnits() {}

    /** The units, in the names of the kernels. */
    public enum Unit {
        MILLENNIUM(12_000, 0),
        CENTURY(1_200, 0),
        DECADE(120, 0),
        YEAR(12, 0),
        QUARTER(3, 0),
        MONTH(1, 0),
        WEEK(0, 604_800_000_000L),
        DAY(0, 86_400_000_000L),
        HOUR(0, 3_600_000_000L),
        MINUTE(0, 60_000_000L),
        SECOND(0, 1_000_000L),
        MILLISECOND(0, 1_000L),
        MICROSECOND(0, 1L),
        NANOSECOND(0, 0),
        EPOCH(0, 0),
        DOW(0, 0),
        ISODOW(0, 0),
        DOY(0, 0),
        ISOYEAR(0, 0);

        private final int months;
        private final long micros;

        Unit(int months, long micros) {
            this.months = months;
            this.micros = micros;
        }

        private String kernel() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }

        private boolean isField() {
            return this == EPOCH || this == DOW || this == ISODOW || this == DOY;
        }

        /** Whether dates have it. */
        private boolean isOfDates() {
            return months > 0 || this == WEEK || this == DAY || this == ISOYEAR || this == EPOCH || isField();
        }

        /** Whether times of day have it. */
        private boolean isOfTimes() {
            return switch (this) {
                case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND -> true;
                default -> false;
            };
        }
    }

    /** A field of a date or time, as a BIGINT. */
    static Optional<Resolved> extract(Unit unit, Type type) {
        String method = "extract" + unit.kernel();
        if (type instanceof DateType) {
            return unit.isOfDates()
                    ? Optional.of(Resolved.of(Kernel.of("DateFields", method), Type.BIGINT))
                    : Optional.empty();
        }
        if (type instanceof TimeType) {
            return unit.isOfTimes()
                    ? Optional.of(Resolved.of(Kernel.of("TimestampFields", method, "$0, 1000000L"), Type.BIGINT))
                    : Optional.empty();
        }
        if (!(type instanceof TimestampType timestamp)) {
            return Optional.empty();
        }
        Kernel kernel = Kernel.of("TimestampFields", method, "$0, " + TimeFunctions.ticks(type));
        // Seconds since 1970 are counted in UTC; everything else is what a clock on the wall shows.
        boolean local = timestamp.local() && unit != Unit.EPOCH;
        return Optional.of(Resolved.of(kernel, Type.BIGINT)
                .taking(local ? new TimestampType(timestamp.precision(), false) : type));
    }

    public static Optional<Bound> bindExtract(Unit unit, Type type) {
        return extract(unit, type).map(resolved -> bound("EXTRACT", resolved, type));
    }

    private static Bound bound(String name, Resolved resolved, Type argument) {
        ScalarFunction function = new ScalarFunction(
                name, resolved.kernel(), resolved.canFail(), resolved.mayYieldNull(), resolved.deterministic());
        List<Type> arguments = resolved.arguments() == null ? List.of(argument) : resolved.arguments();
        return new Bound(function, arguments, resolved.result(), resolved.shown());
    }

    /** The start of the unit that a time lies in, or, rounding up, of the next one. */
    public static Optional<Bound> bindRound(boolean up, Unit unit, Type type) {
        String method = (up ? "ceil" : "truncate") + unit.kernel();
        String name = up ? "CEIL" : "FLOOR";
        if (unit.isField()) {
            return Optional.empty();
        }
        if (type instanceof DateType && unit.isOfDates()) {
            return Optional.of(bound(
                    name, Resolved.of(Kernel.of("DateRounding", method), type).failing(), type));
        }
        if (!(type instanceof TimestampType timestamp)) {
            return Optional.empty();
        }
        String ticks = TimeFunctions.ticks(type);
        Kernel kernel = timestamp.local()
                ? Kernel.of(
                        "zone",
                        "toInstantNear",
                        "TimestampRounding." + method + "(zone.toLocal($0, " + ticks + "), " + ticks + "), $0, "
                                + ticks)
                : Kernel.of("TimestampRounding", method, "$0, " + ticks);
        return Optional.of(bound(name, Resolved.of(kernel, type).failing(), type));
    }

    /** {@code TIMESTAMPADD(unit, count, time)}: how many months or microseconds a unit is, times the count. */
    public static Optional<Bound> bindAdd(Unit unit, Type time) {
        if (unit.months == 0 && unit.micros == 0) {
            return Optional.empty();
        }
        boolean months = unit.months > 0;
        Type interval = months ? Type.INTERVAL_MONTHS : Type.INTERVAL_MICROS;
        return Operators.bind(Operators.Binary.ADD, time, interval).map(moved -> {
            Kernel kernel = moved.function().kernel();
            String amount = months
                    ? "Arithmetic.multiplyInt32($0, " + unit.months + ")"
                    : "Arithmetic.multiplyInt64($0, " + unit.micros + "L)";
            String arguments = kernel.arguments().isEmpty() ? "$0, $1" : kernel.arguments();
            String exchanged =
                    arguments.replace("$0", "$t").replace("$1", amount).replace("$t", "$1");
            ScalarFunction function = new ScalarFunction(
                    "TIMESTAMPADD",
                    new Kernel(kernel.owner(), kernel.method(), kernel.form(), exchanged),
                    true,
                    false,
                    true);
            Type count = months ? Type.INT : Type.BIGINT;
            return new Bound(function, List.of(count, moved.arguments().get(0)), moved.result(), moved.shown());
        });
    }

    /** {@code TIMESTAMPDIFF(unit, start, end)}: how many whole units lie between two times. */
    public static Optional<Bound> bindDifference(Unit unit, Type common) {
        if (unit.isField() || unit == Unit.ISOYEAR) {
            return Optional.empty();
        }
        TimestampType timestamp = common instanceof TimestampType given
                ? new TimestampType(given.precision(), false)
                : new TimestampType(TimestampType.MAX_MICROS_PRECISION, false);
        Kernel kernel = Kernel.of(
                "TimestampDifference", "difference" + unit.kernel(), "$0, $1, " + TimeFunctions.ticks(timestamp));
        ScalarFunction function = new ScalarFunction("TIMESTAMPDIFF", kernel, true, false, true);
        return Optional.of(new Bound(function, List.of(timestamp, timestamp), Type.BIGINT, Type.BIGINT));
    }
}
