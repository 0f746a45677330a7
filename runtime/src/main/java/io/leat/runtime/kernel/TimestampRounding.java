package io.leat.runtime.kernel;

/**
 * DATE_TRUNC, FLOOR and CEIL of a TIMESTAMP to a unit: the start of the period that it lies in, or of the first period that
 * does not begin before it. A result outside the type is an error ({@code NUMERIC_OVERFLOW}).
 *
 * <p>Units of a day and more are those of {@link DateRounding}.
 */
public final class TimestampRounding {
    private TimestampRounding() {}

    public static long truncateMillennium(long ticks, long ticksPerSecond) {
        int days = DateRounding.truncateMillennium(Timestamps.toDate(ticks, ticksPerSecond));
        return Timestamps.fromDate(days, ticksPerSecond);
    }

    public static long truncateCentury(long ticks, long ticksPerSecond) {
        int days = DateRounding.truncateCentury(Timestamps.toDate(ticks, ticksPerSecond));
        return Timestamps.fromDate(days, ticksPerSecond);
    }

    public static long truncateDecade(long ticks, long ticksPerSecond) {
        int days = DateRounding.truncateDecade(Timestamps.toDate(ticks, ticksPerSecond));
        return Timestamps.fromDate(days, ticksPerSecond);
    }

    public static long truncateYear(long ticks, long ticksPerSecond) {
        int days = DateRounding.truncateYear(Timestamps.toDate(ticks, ticksPerSecond));
        return Timestamps.fromDate(days, ticksPerSecond);
    }

    public static long truncateIsoyear(long ticks, long ticksPerSecond) {
        int days = DateRounding.truncateIsoyear(Timestamps.toDate(ticks, ticksPerSecond));
        return Timestamps.fromDate(days, ticksPerSecond);
    }

    public static long truncateQuarter(long ticks, long ticksPerSecond) {
        int days = DateRounding.truncateQuarter(Timestamps.toDate(ticks, ticksPerSecond));
        return Timestamps.fromDate(days, ticksPerSecond);
    }

    public static long truncateMonth(long ticks, long ticksPerSecond) {
        int days = DateRounding.truncateMonth(Timestamps.toDate(ticks, ticksPerSecond));
        return Timestamps.fromDate(days, ticksPerSecond);
    }

    public static long truncateWeek(long ticks, long ticksPerSecond) {
        int days = DateRounding.truncateWeek(Timestamps.toDate(ticks, ticksPerSecond));
        return Timestamps.fromDate(days, ticksPerSecond);
    }

    public static long truncateDay(long ticks, long ticksPerSecond) {
        int days = DateRounding.truncateDay(Timestamps.toDate(ticks, ticksPerSecond));
        return Timestamps.fromDate(days, ticksPerSecond);
    }

    public static long truncateHour(long ticks, long ticksPerSecond) {
        return truncate(ticks, 3_600 * ticksPerSecond);
    }

    public static long truncateMinute(long ticks, long ticksPerSecond) {
        return truncate(ticks, 60 * ticksPerSecond);
    }

    public static long truncateSecond(long ticks, long ticksPerSecond) {
        return truncate(ticks, ticksPerSecond);
    }

    public static long truncateMillisecond(long ticks, long ticksPerSecond) {
        return truncate(ticks, ticksPerSecond / 1_000);
    }

    public static long truncateMicrosecond(long ticks, long ticksPerSecond) {
        return truncate(ticks, ticksPerSecond / Timestamps.MICROS_PER_SECOND);
    }

    /** No timestamp is finer. */
    public static long truncateNanosecond(long ticks, long ticksPerSecond) {
        return ticks;
    }

    public static long ceilMillennium(long ticks, long ticksPerSecond) {
        return Timestamps.fromDate(DateRounding.ceilMillennium(nextMidnight(ticks, ticksPerSecond)), ticksPerSecond);
    }

    public static long ceilCentury(long ticks, long ticksPerSecond) {
        return Timestamps.fromDate(DateRounding.ceilCentury(nextMidnight(ticks, ticksPerSecond)), ticksPerSecond);
    }

    public static long ceilDecade(long ticks, long ticksPerSecond) {
        return Timestamps.fromDate(DateRounding.ceilDecade(nextMidnight(ticks, ticksPerSecond)), ticksPerSecond);
    }

    public static long ceilYear(long ticks, long ticksPerSecond) {
        return Timestamps.fromDate(DateRounding.ceilYear(nextMidnight(ticks, ticksPerSecond)), ticksPerSecond);
    }

    public static long ceilIsoyear(long ticks, long ticksPerSecond) {
        return Timestamps.fromDate(DateRounding.ceilIsoyear(nextMidnight(ticks, ticksPerSecond)), ticksPerSecond);
    }

    public static long ceilQuarter(long ticks, long ticksPerSecond) {
        return Timestamps.fromDate(DateRounding.ceilQuarter(nextMidnight(ticks, ticksPerSecond)), ticksPerSecond);
    }

    public static long ceilMonth(long ticks, long ticksPerSecond) {
        return Timestamps.fromDate(DateRounding.ceilMonth(nextMidnight(ticks, ticksPerSecond)), ticksPerSecond);
    }

    public static long ceilWeek(long ticks, long ticksPerSecond) {
        return Timestamps.fromDate(DateRounding.ceilWeek(nextMidnight(ticks, ticksPerSecond)), ticksPerSecond);
    }

    public static long ceilDay(long ticks, long ticksPerSecond) {
        return Timestamps.fromDate(DateRounding.ceilDay(nextMidnight(ticks, ticksPerSecond)), ticksPerSecond);
    }

    public static long ceilHour(long ticks, long ticksPerSecond) {
        return ceil(ticks, 3_600 * ticksPerSecond);
    }

    public static long ceilMinute(long ticks, long ticksPerSecond) {
        return ceil(ticks, 60 * ticksPerSecond);
    }

    public static long ceilSecond(long ticks, long ticksPerSecond) {
        return ceil(ticks, ticksPerSecond);
    }

    public static long ceilMillisecond(long ticks, long ticksPerSecond) {
        return ceil(ticks, ticksPerSecond / 1_000);
    }

    public static long ceilMicrosecond(long ticks, long ticksPerSecond) {
        return ceil(ticks, ticksPerSecond / Timestamps.MICROS_PER_SECOND);
    }

    /** No timestamp is finer. */
    public static long ceilNanosecond(long ticks, long ticksPerSecond) {
        return ticks;
    }

    private static long truncate(long ticks, long step) {
        return Timestamps.addTicks(ticks, -Math.floorMod(ticks, step));
    }

    private static long ceil(long ticks, long step) {
        return Timestamps.addTicks(ticks, Math.floorMod(-Math.floorMod(ticks, step), step));
    }

    /** The day that begins at a timestamp, or else the next one. */
    private static int nextMidnight(long ticks, long ticksPerSecond) {
        int days = Timestamps.toDate(ticks, ticksPerSecond);
        return Math.floorMod(ticks, Timestamps.SECONDS_PER_DAY * ticksPerSecond) == 0 ? days : days + 1;
    }
}
