package io.leat.runtime.kernel;

/**
 * EXTRACT from a TIMESTAMP: one function for each unit. Every timestamp has every field.
 *
 * <p>Units of a day and more are those of {@link DateFields}. SECOND is a whole number; MILLISECOND, MICROSECOND and NANOSECOND
 * include the seconds of the minute, as in Postgres. The units below a day serve TIME, too, with a million ticks per second.
 */
public final class TimestampFields {
    private TimestampFields() {}

    public static long extractMillennium(long ticks, long ticksPerSecond) {
        return DateFields.extractMillennium(Timestamps.toDate(ticks, ticksPerSecond));
    }

    public static long extractCentury(long ticks, long ticksPerSecond) {
        return DateFields.extractCentury(Timestamps.toDate(ticks, ticksPerSecond));
    }

    public static long extractDecade(long ticks, long ticksPerSecond) {
        return DateFields.extractDecade(Timestamps.toDate(ticks, ticksPerSecond));
    }

    public static long extractYear(long ticks, long ticksPerSecond) {
        return DateFields.extractYear(Timestamps.toDate(ticks, ticksPerSecond));
    }

    public static long extractQuarter(long ticks, long ticksPerSecond) {
        return DateFields.extractQuarter(Timestamps.toDate(ticks, ticksPerSecond));
    }

    public static long extractMonth(long ticks, long ticksPerSecond) {
        return DateFields.extractMonth(Timestamps.toDate(ticks, ticksPerSecond));
    }

    public static long extractWeek(long ticks, long ticksPerSecond) {
        return DateFields.extractWeek(Timestamps.toDate(ticks, ticksPerSecond));
    }

    public static long extractDay(long ticks, long ticksPerSecond) {
        return DateFields.extractDay(Timestamps.toDate(ticks, ticksPerSecond));
    }

    public static long extractDow(long ticks, long ticksPerSecond) {
        return DateFields.extractDow(Timestamps.toDate(ticks, ticksPerSecond));
    }

    public static long extractIsodow(long ticks, long ticksPerSecond) {
        return DateFields.extractIsodow(Timestamps.toDate(ticks, ticksPerSecond));
    }

    public static long extractDoy(long ticks, long ticksPerSecond) {
        return DateFields.extractDoy(Timestamps.toDate(ticks, ticksPerSecond));
    }

    public static long extractIsoyear(long ticks, long ticksPerSecond) {
        return DateFields.extractIsoyear(Timestamps.toDate(ticks, ticksPerSecond));
    }

    public static long extractHour(long ticks, long ticksPerSecond) {
        return Math.floorMod(ticks, 86_400 * ticksPerSecond) / (3_600 * ticksPerSecond);
    }

    public static long extractMinute(long ticks, long ticksPerSecond) {
        return Math.floorMod(ticks, 3_600 * ticksPerSecond) / (60 * ticksPerSecond);
    }

    public static long extractSecond(long ticks, long ticksPerSecond) {
        return ticksOfMinute(ticks, ticksPerSecond) / ticksPerSecond;
    }

    /** 0 to 59,999. */
    public static long extractMillisecond(long ticks, long ticksPerSecond) {
        return ticksOfMinute(ticks, ticksPerSecond) / (ticksPerSecond / 1_000);
    }

    /** 0 to 59,999,999. */
    public static long extractMicrosecond(long ticks, long ticksPerSecond) {
        return ticksOfMinute(ticks, ticksPerSecond) / (ticksPerSecond / Timestamps.MICROS_PER_SECOND);
    }

    /** 0 to 59,999,999,999. */
    public static long extractNanosecond(long ticks, long ticksPerSecond) {
        return ticksOfMinute(ticks, ticksPerSecond) * (Timestamps.NANOS_PER_SECOND / ticksPerSecond);
    }

    /** Whole seconds since 1970-01-01T00:00. */
    public static long extractEpoch(long ticks, long ticksPerSecond) {
        return Math.floorDiv(ticks, ticksPerSecond);
    }

    private static long ticksOfMinute(long ticks, long ticksPerSecond) {
        return Math.floorMod(ticks, 60 * ticksPerSecond);
    }
}
