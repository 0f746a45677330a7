package io.leat.runtime.kernel;

/**
 * TIMESTAMPDIFF: how many whole units fit between two timestamps, negative if the end lies before the start. A difference that
 * passes 64 bits is an error ({@code NUMERIC_OVERFLOW}).
 *
 * <p>Months count as {@link Timestamps#addMonths} adds them: from 31 January to 28 February at the same time of day is one. Dates
 * are compared as timestamps at midnight.
 */
public final class TimestampDifference {
    private TimestampDifference() {}

    public static long differenceMillennium(long start, long end, long ticksPerSecond) {
        return months(start, end, ticksPerSecond) / 12_000;
    }

    public static long differenceCentury(long start, long end, long ticksPerSecond) {
        return months(start, end, ticksPerSecond) / 1_200;
    }

    public static long differenceDecade(long start, long end, long ticksPerSecond) {
        return months(start, end, ticksPerSecond) / 120;
    }

    public static long differenceYear(long start, long end, long ticksPerSecond) {
        return months(start, end, ticksPerSecond) / 12;
    }

    public static long differenceQuarter(long start, long end, long ticksPerSecond) {
        return months(start, end, ticksPerSecond) / 3;
    }

    public static long differenceMonth(long start, long end, long ticksPerSecond) {
        return months(start, end, ticksPerSecond);
    }

    public static long differenceWeek(long start, long end, long ticksPerSecond) {
        return Timestamps.differenceTicks(end, start) / (7 * Timestamps.SECONDS_PER_DAY * ticksPerSecond);
    }

    public static long differenceDay(long start, long end, long ticksPerSecond) {
        return Timestamps.differenceTicks(end, start) / (Timestamps.SECONDS_PER_DAY * ticksPerSecond);
    }

    public static long differenceHour(long start, long end, long ticksPerSecond) {
        return Timestamps.differenceTicks(end, start) / (3_600 * ticksPerSecond);
    }

    public static long differenceMinute(long start, long end, long ticksPerSecond) {
        return Timestamps.differenceTicks(end, start) / (60 * ticksPerSecond);
    }

    public static long differenceSecond(long start, long end, long ticksPerSecond) {
        return Timestamps.differenceTicks(end, start) / ticksPerSecond;
    }

    public static long differenceMillisecond(long start, long end, long ticksPerSecond) {
        return Timestamps.differenceTicks(end, start) / (ticksPerSecond / 1_000);
    }

    public static long differenceMicrosecond(long start, long end, long ticksPerSecond) {
        return Timestamps.differenceTicks(end, start) / (ticksPerSecond / Timestamps.MICROS_PER_SECOND);
    }

    public static long differenceNanosecond(long start, long end, long ticksPerSecond) {
        long nanosPerTick = Timestamps.NANOS_PER_SECOND / ticksPerSecond;
        return Timestamps.scaled(Timestamps.differenceTicks(end, start), nanosPerTick);
    }

    private static long months(long start, long end, long ticksPerSecond) {
        return start <= end ? monthsForward(start, end, ticksPerSecond) : -monthsForward(end, start, ticksPerSecond);
    }

    /** The largest number of months that can be added to {@code start} without passing {@code end}. */
    private static long monthsForward(long start, long end, long ticksPerSecond) {
        long ticksPerDay = Timestamps.SECONDS_PER_DAY * ticksPerSecond;
        long startDay = Math.floorDiv(start, ticksPerDay);
        long lastDay = Math.floorDiv(end, ticksPerDay);
        if (end - lastDay * ticksPerDay < start - startDay * ticksPerDay) {
            lastDay--; // the time of day that the start has is not yet reached on the end's day
        }
        long startCivil = Dates.toCivil(startDay);
        long lastCivil = Dates.toCivil(lastDay);
        long months = (Dates.year(lastCivil) - Dates.year(startCivil)) * 12
                + Dates.month(lastCivil)
                - Dates.month(startCivil);
        return Dates.plusMonths(startDay, months) > lastDay ? months - 1 : months;
    }
}
