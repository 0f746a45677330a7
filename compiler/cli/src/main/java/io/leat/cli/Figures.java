package io.leat.cli;

import java.util.Locale;

/** Numbers for people. */
final class Figures {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long SECONDS_PER_HOUR = 3_600;
    private static final long FEW_SECONDS = 10;

    private Figures() {}

    /** {@code 1,234,567}. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 row}, {@code 1,234 rows}. */
    static String rows(long number) {
        return counted(number, "row");
    }

    /** {@code 1 group}, {@code 1,234 groups}. */
    static String counted(long number, String noun) {
        return grouped(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 0.42 s}, {@code 1 min 5 s}, {@code 2 h 0 min}. */
    static String elapsed(long nanos) {
        long seconds = nanos / NANOS_PER_SECOND;
        if (seconds < FEW_SECONDS) {
            return String.format(Locale.ROOT, "%.2f s", (double) nanos / NANOS_PER_SECOND);
        }
        if (seconds < SECONDS_PER_MINUTE) {
            return seconds + " s";
        }
        if (seconds < SECONDS_PER_HOUR) {
            return seconds / SECONDS_PER_MINUTE + " min " + seconds % SECONDS_PER_MINUTE + " s";
        }
        return seconds / SECONDS_PER_HOUR + " h " + seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE + " min";
    }

    /** {@code 412,000 rows/s}. */
    static String rate(long rows, long nanos) {
        return grouped(Math.round((double) rows * NANOS_PER_SECOND / Math.max(1, nanos))) + " rows/s";
    }
}
