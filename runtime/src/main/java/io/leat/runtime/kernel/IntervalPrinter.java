package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;

/**
 * Intervals as text: {@code 1-2} for a year and two months, {@code 1 02:03:04.5} for a day and a time, with a minus in front of a
 * negative one. Nothing allocates.
 */
public final class IntervalPrinter {
    private static final int MONTHS_PER_YEAR = 12;
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final int FRACTION_DIGITS = 6;

    private IntervalPrinter() {}

    public static void monthsToText(int months, BytesResult result) {
        result.clear();
        long magnitude = Math.abs((long) months);
        sign(months < 0, result);
        number(magnitude / MONTHS_PER_YEAR, 1, result);
        result.append((byte) '-');
        number(magnitude % MONTHS_PER_YEAR, 1, result);
    }

    public static void microsToText(long micros, BytesResult result) {
        result.clear();
        sign(micros < 0, result);
        // The magnitude of the least number does not fit, but its parts do.
        long seconds = Math.abs(micros / MICROS_PER_SECOND);
        long fraction = Math.abs(micros % MICROS_PER_SECOND);
        number(seconds / 86_400, 1, result);
        result.append((byte) ' ');
        number(seconds / 3_600 % 24, 2, result);
        result.append((byte) ':');
        number(seconds / 60 % 60, 2, result);
        result.append((byte) ':');
        number(seconds % 60, 2, result);
        if (fraction != 0) {
            int digits = FRACTION_DIGITS;
            while (fraction % 10 == 0) {
                fraction /= 10;
                digits--;
            }
            result.append((byte) '.');
            number(fraction, digits, result);
        }
    }

    private static void sign(boolean negative, BytesResult result) {
        if (negative) {
            result.append((byte) '-');
        }
    }

    /** Appends a number with at least so many digits. */
    private static void number(long value, int digits, BytesResult result) {
        long power = 1;
        int length = 1;
        while (value / power >= 10 || length < digits) {
            power *= 10;
            length++;
        }
        for (; power > 0; power /= 10) {
            result.append((byte) ('0' + value / power % 10));
        }
    }
}
