package io.leat.runtime.kernel;

import io.leat.runtime.batch.DoubleResult;
import io.leat.runtime.memory.Memory;
import java.nio.charset.StandardCharsets;

/**
 * Text to REAL and DOUBLE: the nearest one, ties to even; what is too large is an error, what is too small becomes 0. Text is a
 * sign, digits with or without a point, and an exponent, all but one digit optional; spaces around it are allowed. A
 * {@code try} method answers false where the other one throws.
 *
 * <p>Allocates only for numbers that {@link NearestFloat} leaves undecided.
 */
public final class FloatParser {
    /** As many digits as an unsigned {@code long} takes. */
    private static final int MAX_DIGITS = 19;
    /** Beyond these powers of ten a number is infinite, or 0. */
    private static final int MAX_MAGNITUDE = 310;

    private static final int MIN_MAGNITUDE = -326;

    private static final int MAX_EXPONENT = 1 << 28;

    private FloatParser() {}

    public static double toFloat64(long address, int length) {
        double value = parse(address, length, false);
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            throw failure(value, address, length, "DOUBLE");
        }
        return value;
    }

    public static float toFloat32(long address, int length) {
        double value = parse(address, length, true);
        if (!(Math.abs(value) <= Float.MAX_VALUE)) {
            throw failure(value, address, length, "REAL");
        }
        return (float) value;
    }

    public static boolean tryFloat64(long address, int length, DoubleResult result) {
        double value = parse(address, length, false);
        result.value = value;
        return Math.abs(value) <= Double.MAX_VALUE;
    }

    /** The result is a REAL in a {@code double}. */
    public static boolean tryFloat32(long address, int length, DoubleResult result) {
        double value = parse(address, length, true);
        result.value = value;
        return Math.abs(value) <= Float.MAX_VALUE;
    }

    /** NaN for text that is no number, infinity for a number that is too large. */
    private static double parse(long address, int length, boolean single) {
        long at = Blanks.skip(address, address + length);
        long end = Blanks.trim(at, address + length);
        boolean negative = at < end && Memory.getByte(at) == '-';
        if (negative || (at < end && Memory.getByte(at) == '+')) {
            at++;
        }
        long digits = 0;
        int room = MAX_DIGITS;
        int exponent = 0;
        boolean more = false;
        int read = 0;
        long point = 0;
        for (; at < end; at++) {
            int digit = Digits.at(at);
            if (Digits.isDigit(digit)) {
                read++;
                if (room > 0) {
                    digits = digits * 10 + digit;
                    room -= digits == 0 ? 0 : 1;
                    exponent -= point == 0 ? 0 : 1;
                } else {
                    more |= digit != 0;
                    exponent += point == 0 ? 1 : 0;
                }
            } else if (digit == '.' - '0' && point == 0) {
                point = at;
            } else {
                break;
            }
        }
        int power = parseExponent(at, end);
        if (read == 0 || power > MAX_EXPONENT) {
            return Double.NaN;
        }
        double magnitude = nearest(digits, more, exponent + power, single);
        if (Double.isNaN(magnitude)) {
            magnitude = readSlowly(address, length, single);
        }
        return negative ? 0.0 - magnitude : magnitude;
    }

    /** The number behind {@code e}, or 0 if the text ends here, or more than {@link #MAX_EXPONENT} if it is none. */
    private static int parseExponent(long start, long end) {
        if (start == end) {
            return 0;
        }
        long at = start + 1;
        boolean negative = at < end && Memory.getByte(at) == '-';
        if (negative || (at < end && Memory.getByte(at) == '+')) {
            at++;
        }
        if ((Memory.getByte(start) | 0x20) != 'e' || at == end) {
            return Integer.MAX_VALUE;
        }
        int exponent = 0;
        for (; at < end; at++) {
            int digit = Digits.at(at);
            if (!Digits.isDigit(digit)) {
                return Integer.MAX_VALUE;
            }
            exponent = Math.min(exponent * 10 + digit, MAX_EXPONENT / 16);
        }
        return negative ? -exponent : exponent;
    }

    /** NaN if only the JDK can tell. */
    private static double nearest(long digits, boolean more, int exponent, boolean single) {
        int magnitude = digits == 0 ? 0 : exponent + (digits < 0 ? MAX_DIGITS : PowersOfTen.digits(digits));
        if (magnitude > MAX_MAGNITUDE) {
            return Double.POSITIVE_INFINITY;
        }
        if (magnitude < MIN_MAGNITUDE) {
            return 0;
        }
        double found = NearestFloat.find(digits, exponent);
        if (more && NearestFloat.find(digits + 1, exponent) != found) {
            return Double.NaN;
        }
        if (single) {
            return NearestFloat.isFloatDecided(found) ? (float) found : Double.NaN;
        }
        return found;
    }

    private static double readSlowly(long address, int length, boolean single) {
        String text = new String(Memory.toArray(address, length), StandardCharsets.ISO_8859_1);
        double value = single ? Float.parseFloat(text) : Double.parseDouble(text);
        return Math.abs(value);
    }

    private static RowError failure(double value, long address, int length, String type) {
        return Double.isNaN(value)
                ? Errors.badCast(address, length, type)
                : Errors.castOverflow(Errors.quote(address, length), type);
    }
}
