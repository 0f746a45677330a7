package io.leat.runtime.kernel;

/**
 * Arithmetic and casts of TIMESTAMP and TIMESTAMP_LTZ, counts of a tick since 1970-01-01T00:00. A result outside the type is an
 * error ({@code NUMERIC_OVERFLOW}); a part of a tick is cut off towards the past.
 *
 * <p>{@code ticksPerSecond} is a million up to precision 6, else a billion. For TIMESTAMP_LTZ, calendar functions want local
 * time: {@link Zone#toLocal}, then {@link Zone#toInstantNear}.
 */
public final class Timestamps {
    static final long MICROS_PER_SECOND = 1_000_000L;
    static final long NANOS_PER_SECOND = 1_000_000_000L;
    static final long SECONDS_PER_DAY = 86_400L;
    static final int MAX_MICROS_PRECISION = 6;

    private Timestamps() {}

    // ---- casts

    /** Midnight of a date. */
    public static long fromDate(int days, long ticksPerSecond) {
        return scaled(days, SECONDS_PER_DAY * ticksPerSecond);
    }

    public static int toDate(long ticks, long ticksPerSecond) {
        return (int) Math.floorDiv(ticks, SECONDS_PER_DAY * ticksPerSecond);
    }

    /** The time of the day, in microseconds. */
    public static long toTime(long ticks, long ticksPerSecond) {
        return Math.floorMod(ticks, SECONDS_PER_DAY * ticksPerSecond) / (ticksPerSecond / MICROS_PER_SECOND);
    }

    /** A date and a time of day, in microseconds. */
    public static long fromDateAndTime(int days, long micros, long ticksPerSecond) {
        return addMicros(fromDate(days, ticksPerSecond), micros, ticksPerSecond);
    }

    /** The same time with so many fraction digits; others are cut off. The result counts micros up to precision 6. */
    public static long toPrecision(long ticks, long ticksPerSecond, int precision) {
        long wanted = ticksPerSecond(precision);
        long converted = wanted >= ticksPerSecond
                ? scaled(ticks, wanted / ticksPerSecond)
                : Math.floorDiv(ticks, ticksPerSecond / wanted);
        return addTicks(converted, -Math.floorMod(converted, unit(precision)));
    }

    /** TO_TIMESTAMP_LTZ: {@code count} of seconds (digits 0), milliseconds (3), microseconds (6) or any such part. */
    public static long fromEpoch(long count, int digits, long ticksPerSecond) {
        if (digits < 0 || digits > 9) {
            throw Errors.badArgument("the precision of an epoch is 0 to 9, not " + digits);
        }
        long countsPerSecond = PowersOfTen.asLong(digits);
        return countsPerSecond <= ticksPerSecond
                ? scaled(count, ticksPerSecond / countsPerSecond)
                : Math.floorDiv(count, countsPerSecond / ticksPerSecond);
    }

    /** UNIX_TIMESTAMP: whole seconds. */
    public static long toEpochSecond(long ticks, long ticksPerSecond) {
        return Math.floorDiv(ticks, ticksPerSecond);
    }

    // ---- arithmetic

    /** The same time of day so many months later; where that month is too short, on its last day. */
    public static long addMonths(long ticks, int months, long ticksPerSecond) {
        long ticksPerDay = SECONDS_PER_DAY * ticksPerSecond;
        long days = Math.floorDiv(ticks, ticksPerDay);
        return addTicks(scaled(Dates.plusMonths(days, months), ticksPerDay), ticks - days * ticksPerDay);
    }

    /** As {@link #addMonths}, for an instant whose months are those of the zone. */
    public static long addLocalMonths(long ticks, int months, long ticksPerSecond, Zone zone) {
        long local = addMonths(zone.toLocal(ticks, ticksPerSecond), months, ticksPerSecond);
        return zone.toInstantNear(local, ticks, ticksPerSecond);
    }

    public static long addMicros(long ticks, long micros, long ticksPerSecond) {
        return addTicks(ticks, scaled(micros, ticksPerSecond / MICROS_PER_SECOND));
    }

    /** The time from {@code start} to {@code end}, in microseconds. */
    public static long subtract(long end, long start, long ticksPerSecond) {
        return differenceTicks(end, start) / (ticksPerSecond / MICROS_PER_SECOND);
    }

    static long differenceTicks(long end, long start) {
        long difference = end - start;
        if (((end ^ start) & (end ^ difference)) < 0) {
            throw Errors.overflow("the difference of two timestamps is out of range");
        }
        return difference;
    }

    static long addTicks(long ticks, long more) {
        long sum = ticks + more;
        if (((ticks ^ sum) & (more ^ sum)) < 0) {
            throw outOfRange();
        }
        return sum;
    }

    /** The product, which must be a timestamp. */
    static long scaled(long count, long factor) {
        long product = count * factor;
        if (Math.multiplyHigh(count, factor) != product >> 63) {
            throw outOfRange();
        }
        return product;
    }

    private static RowError outOfRange() {
        return Errors.overflow("the time is out of range for TIMESTAMP");
    }

    static long ticksPerSecond(int precision) {
        return precision > MAX_MICROS_PRECISION ? NANOS_PER_SECOND : MICROS_PER_SECOND;
    }

    /** Ticks of the smallest step that a precision can show. */
    static long unit(int precision) {
        int digits = precision > MAX_MICROS_PRECISION ? 9 : MAX_MICROS_PRECISION;
        return PowersOfTen.asLong(digits - precision);
    }
}
