package io.leat.runtime.kernel;

/** TIME, microseconds since midnight: sums stay within the day, as on a clock, and nothing fails. */
public final class Times {
    static final long MICROS_PER_DAY = 86_400_000_000L;

    private Times() {}

    /** The time that a clock shows so much later. */
    public static long addMicros(long time, long micros) {
        return Math.floorMod(time + micros % MICROS_PER_DAY, MICROS_PER_DAY);
    }

    /** The time from {@code start} to {@code end} on one day, negative if the end is earlier. */
    public static long subtract(long end, long start) {
        return end - start;
    }

    /** The same time with so many fraction digits, 0 to 6; others are cut off. */
    public static long toPrecision(long time, int precision) {
        return time - time % Timestamps.unit(precision);
    }
}
