package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import java.math.BigDecimal;

/**
 * REAL and DOUBLE to text: the shortest digits that read back to the same number, with at least one behind the point; plain
 * from 1e-7 up to 1e21 ({@code 77.0}), else with an exponent ({@code 1.5E22}). Zero has no sign. Never fails.
 */
public final class FloatPrinter {
    private static final int MIN_PLAIN_EXPONENT = -7;
    private static final int MAX_PLAIN_EXPONENT = 20;
    /** Sign, 17 digits, point, {@code E-324}; or sign, {@code 0.000000} and 17 digits. */
    private static final int MAX_BYTES = 32;

    private FloatPrinter() {}

    public static void float32ToText(float value, BytesResult result) {
        print(value < 0, ShortestDecimal.digits(value), ShortestDecimal.exponent(value), result);
    }

    public static void float64ToText(double value, BytesResult result) {
        print(value < 0, ShortestDecimal.digits(value), ShortestDecimal.exponent(value), result);
    }

    private static void print(boolean negative, long digits, int exponent, BytesResult result) {
        long start = result.reserve(MAX_BYTES);
        long at = start;
        if (negative) {
            Memory.putByte(at++, (byte) '-');
        }
        int zeros = trailingZeros(digits);
        long shortest = digits / PowersOfTen.asLong(zeros);
        int power = exponent + zeros;
        int count = PowersOfTen.digits(shortest);
        int leading = shortest == 0 ? 0 : count + power - 1; // the exponent of the first digit
        if (leading < MIN_PLAIN_EXPONENT || leading > MAX_PLAIN_EXPONENT) {
            at = putScientific(at, shortest, count, leading);
        } else if (leading >= 0) {
            at = putPlain(at, shortest, count, leading + 1);
        } else {
            at = putZeros(at, 1);
            Memory.putByte(at, (byte) '.');
            at = putZeros(at + 1, -leading - 1);
            Digits.write(at, shortest, count);
            at += count;
        }
        result.length((int) (at - start));
    }

    /** How many zeros a number of up to 17 digits ends in; divisions by constants are cheap. */
    private static int trailingZeros(long digits) {
        if (digits == 0) {
            return 0;
        }
        int zeros = 0;
        long rest = digits;
        if (rest % 100_000_000 == 0) {
            rest /= 100_000_000;
            zeros = 8;
        }
        if (rest % 10_000 == 0) {
            rest /= 10_000;
            zeros += 4;
        }
        while (rest % 10 == 0) {
            rest /= 10;
            zeros++;
        }
        return zeros;
    }

    /** Digits with a point behind the first {@code whole} ones, and a zero where there are none on one side. */
    private static long putPlain(long start, long digits, int count, int whole) {
        if (count <= whole) {
            Digits.write(start, digits, count);
            long at = putZeros(start + count, whole - count);
            Memory.putByte(at, (byte) '.');
            return putZeros(at + 1, 1);
        }
        long power = PowersOfTen.asLong(count - whole);
        long first = digits / power;
        Digits.write(start, first, whole);
        Memory.putByte(start + whole, (byte) '.');
        Digits.write(start + whole + 1, digits - first * power, count - whole);
        return start + count + 1;
    }

    private static long putScientific(long start, long digits, int count, int leading) {
        long at = putPlain(start, digits, count, 1);
        Memory.putByte(at++, (byte) 'E');
        if (leading < 0) {
            Memory.putByte(at++, (byte) '-');
        }
        int magnitude = Math.abs(leading);
        int width = PowersOfTen.digits(magnitude);
        Digits.write(at, magnitude, width);
        return at + width;
    }

    private static long putZeros(long start, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putByte(start + i, (byte) '0');
        }
        return start + count;
    }

    /** The number in a message, as a query would show it. */
    static String text(float value) {
        return text(value < 0, ShortestDecimal.digits(value), ShortestDecimal.exponent(value));
    }

    /** The number in a message, as a query would show it. */
    static String text(double value) {
        return text(value < 0, ShortestDecimal.digits(value), ShortestDecimal.exponent(value));
    }

    private static String text(boolean negative, long digits, int exponent) {
        BigDecimal magnitude = BigDecimal.valueOf(digits, -exponent).stripTrailingZeros();
        int leading = magnitude.signum() == 0 ? 0 : magnitude.precision() - magnitude.scale() - 1;
        boolean plain = leading >= MIN_PLAIN_EXPONENT && leading <= MAX_PLAIN_EXPONENT;
        String text = (plain ? magnitude : magnitude.movePointLeft(leading)).toPlainString();
        return (negative ? "-" : "") + text + (text.contains(".") ? "" : ".0") + (plain ? "" : "E" + leading);
    }
}
