package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;

/** Integers, decimals and booleans to text. Decimals are plain, with all digits of their scale. Never fails. */
public final class NumberPrinter {
    private static final int TRUE = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
    private static final int FALS = 'f' | 'a' << 8 | 'l' << 16 | 's' << 24;
    private static final long MAX_LONG_POWER = 1_000_000_000_000_000_000L;

    private NumberPrinter() {}

    public static void int8ToText(int value, BytesResult result) {
        decimalToText(value, 0, result);
    }

    public static void int16ToText(int value, BytesResult result) {
        decimalToText(value, 0, result);
    }

    public static void int32ToText(int value, BytesResult result) {
        decimalToText(value, 0, result);
    }

    public static void int64ToText(long value, BytesResult result) {
        decimalToText(value, 0, result);
    }

    public static void booleanToText(boolean value, BytesResult result) {
        long at = result.reserve(5);
        Memory.putInt(at, value ? TRUE : FALS);
        Memory.putByte(at + 4, (byte) 'e');
        result.length(value ? 4 : 5);
    }

    /** A decimal of up to 18 digits, or any {@code long} of scale 0. */
    public static void decimalToText(long value, int scale, BytesResult result) {
        if (value == Long.MIN_VALUE) {
            int128ToText(-1, value, scale, result); // its magnitude is no long
            return;
        }
        long start = result.reserve(24);
        long at = start;
        if (value < 0) {
            Memory.putByte(at++, (byte) '-');
        }
        long magnitude = Math.abs(value);
        int digits = Math.max(PowersOfTen.digits(magnitude), scale + 1);
        Digits.write(at, magnitude, digits);
        result.length((int) (insertPoint(at, digits, scale) - start));
    }

    public static void int128ToText(long high, long low, int scale, BytesResult result) {
        long start = result.reserve(48);
        long at = start;
        if (high < 0) {
            Memory.putByte(at++, (byte) '-');
        }
        // Three parts of 18 digits; the first has three digits at most.
        long magnitudeHigh = Wide.magnitudeHigh(high, low);
        long magnitudeLow = Wide.magnitudeLow(high, low);
        long upperHigh = magnitudeHigh / MAX_LONG_POWER;
        long upperLow = WideDivision.quotient(magnitudeHigh - upperHigh * MAX_LONG_POWER, magnitudeLow, MAX_LONG_POWER);
        long last = magnitudeLow - upperLow * MAX_LONG_POWER;
        long first = WideDivision.quotient(upperHigh, upperLow, MAX_LONG_POWER);
        long middle = upperLow - first * MAX_LONG_POWER;
        int digits;
        if (first != 0) {
            digits = PowersOfTen.digits(first) + 36;
        } else {
            digits = middle != 0 ? PowersOfTen.digits(middle) + 18 : PowersOfTen.digits(last);
        }
        digits = Math.max(digits, scale + 1);
        writeParts(at, digits, first, middle, last);
        result.length((int) (insertPoint(at, digits, scale) - start));
    }

    private static void writeParts(long at, int digits, long first, long middle, long last) {
        if (digits > 36) {
            Digits.write(at, first, digits - 36);
        }
        if (digits > 18) {
            int count = Math.min(digits - 18, 18);
            Digits.write(at + digits - 18 - count, middle, count);
        }
        int count = Math.min(digits, 18);
        Digits.write(at + digits - count, last, count);
    }

    /** Puts a point before the last {@code scale} digits and answers the end. */
    private static long insertPoint(long at, int digits, int scale) {
        if (scale == 0) {
            return at + digits;
        }
        long point = at + digits - scale;
        for (long from = at + digits - 1; from >= point; from--) {
            Memory.putByte(from + 1, Memory.getByte(from));
        }
        Memory.putByte(point, (byte) '.');
        return at + digits + 1;
    }
}
