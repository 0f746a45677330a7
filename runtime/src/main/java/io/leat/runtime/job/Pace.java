package io.leat.runtime.job;

import io.leat.runtime.window.Windowing;

/**
 * How watermarks pass a pipeline. Rows are judged by the same pace, so that none is on time for what has been passed.
 *
 * @param patience how much later than they come, in microseconds
 * @param byClock whether the clock of the epoch takes their place: rows have the time at which they are read
 */
public record Pace(long patience, boolean byClock) {
    private static final long MICROS_PER_MILLI = 1_000;

    /** As they come. */
    public static final Pace OF_ROWS = new Pace(0, false);
    /** As the clock goes, until the last row. */
    public static final Pace OF_CLOCK = new Pace(0, true);
    /** Not before the last row: what they speak of says nothing about the time that rows go by from here on. */
    public static final Pace AT_END = new Pace(Long.MAX_VALUE, false);

    /** Later than they come. */
    public static Pace later(long micros) {
        return micros == 0 ? OF_ROWS : new Pace(micros, false);
    }

    /** Whether none passes before the last row. */
    public boolean isAtEnd() {
        return patience == Long.MAX_VALUE;
    }

    /** What goes on when a watermark comes. */
    public long passed(long watermark) {
        if (byClock || isAtEnd()) {
            return watermark == Windowing.END ? Windowing.END : Windowing.NEVER;
        }
        return Windowing.minus(watermark, patience);
    }

    /** What goes on when an epoch begins; rows of the epoch have this time, to the millisecond. */
    public long passedAt(long wallMicros) {
        return byClock ? Math.floorDiv(wallMicros, MICROS_PER_MILLI) * MICROS_PER_MILLI : Windowing.NEVER;
    }
}
