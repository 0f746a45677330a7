package io.leat.runtime.kernel;

import io.leat.runtime.batch.LongResult;
import io.leat.runtime.memory.Memory;

/**
 * Text to integers. Text is an optional sign and digits; spaces around it are allowed. A {@code try} method answers false where
 * the other one throws: for text that is no integer ({@code BAD_CAST}) or outside the type ({@code NUMERIC_OVERFLOW}).
 *
 * <p>Decimals: {@link DecimalParser}. Floats: {@link FloatParser}.
 */
public final class NumberParser {
    /** What {@link #parse} answers for text without a value, and for the one value that is this number. */
    private static final long NONE = Long.MIN_VALUE;

    private static final int MAX_DIGITS = 19;
    private static final String NONE_DIGITS = "9223372036854775808";

    private NumberParser() {}

    public static int toInt8(long address, int length) {
        return (int) narrow(address, length, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
    }

    public static int toInt16(long address, int length) {
        return (int) narrow(address, length, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
    }

    public static int toInt32(long address, int length) {
        return (int) narrow(address, length, Integer.MIN_VALUE, Integer.MAX_VALUE, "INT");
    }

    public static long toInt64(long address, int length) {
        long value = parse(address, length);
        if (value == NONE && !isNone(address, length)) {
            throw failure(address, length, "BIGINT");
        }
        return value;
    }

    public static boolean tryInt8(long address, int length, LongResult result) {
        return tryNarrow(address, length, Byte.MIN_VALUE, Byte.MAX_VALUE, result);
    }

    public static boolean tryInt16(long address, int length, LongResult result) {
        return tryNarrow(address, length, Short.MIN_VALUE, Short.MAX_VALUE, result);
    }

    public static boolean tryInt32(long address, int length, LongResult result) {
        return tryNarrow(address, length, Integer.MIN_VALUE, Integer.MAX_VALUE, result);
    }

    public static boolean tryInt64(long address, int length, LongResult result) {
        long value = parse(address, length);
        result.value = value;
        return value != NONE || isNone(address, length);
    }

    private static long narrow(long address, int length, long min, long max, String type) {
        long value = parse(address, length);
        if (value < min || value > max) {
            throw failure(address, length, type);
        }
        return value;
    }

    private static boolean tryNarrow(long address, int length, long min, long max, LongResult result) {
        long value = parse(address, length);
        result.value = value;
        return value >= min && value <= max;
    }

    private static long parse(long address, int length) {
        long at = Blanks.skip(address, address + length);
        long end = Blanks.trim(at, address + length);
        if (at == end) {
            return NONE;
        }
        int first = Memory.getByte(at);
        if (first == '-' || first == '+') {
            at++;
        }
        long magnitude = parseDigits(at, end);
        return magnitude < 0 ? NONE : first == '-' ? -magnitude : magnitude;
    }

    /** Digits only, at least one; negative if there is something else or the number passes a {@code long}. */
    private static long parseDigits(long start, long end) {
        long at = start;
        if (end - at >= MAX_DIGITS) {
            at = skipZeros(at, end - 1);
        }
        if (at == end || end - at > MAX_DIGITS) {
            return NONE;
        }
        long value = 0;
        for (; end - at >= 8; at += 8) {
            long digits = Memory.getLong(at) ^ Digits.ZEROS;
            if (!Digits.areEight(digits)) {
                return NONE;
            }
            value = value * 100_000_000 + Digits.eight(digits);
        }
        for (; at < end; at++) {
            int digit = Digits.at(at);
            if (!Digits.isDigit(digit)) {
                return NONE;
            }
            value = value * 10 + digit;
        }
        return value; // 19 digits stay below 2^64, so that passing 2^63 shows as a negative number
    }

    private static long skipZeros(long start, long end) {
        long at = start;
        while (at < end && Memory.getByte(at) == '0') {
            at++;
        }
        return at;
    }

    /** Whether text that {@link #parse} has no value for is the smallest BIGINT. */
    private static boolean isNone(long address, int length) {
        long start = Blanks.skip(address, address + length);
        long end = Blanks.trim(start, address + length);
        if (end - start < MAX_DIGITS + 1 || Memory.getByte(start) != '-') {
            return false;
        }
        long at = skipZeros(start + 1, end);
        if (end - at != MAX_DIGITS) {
            return false;
        }
        for (int i = 0; i < MAX_DIGITS; i++) {
            if (Memory.getByte(at + i) != NONE_DIGITS.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static RowError failure(long address, int length, String type) {
        long at = Blanks.skip(address, address + length);
        long end = Blanks.trim(at, address + length);
        if (at < end && (Memory.getByte(at) == '-' || Memory.getByte(at) == '+')) {
            at++;
        }
        boolean isNumber = at < end;
        for (; at < end; at++) {
            isNumber &= Digits.isDigit(Digits.at(at));
        }
        return isNumber
                ? Errors.castOverflow(Errors.quote(address, length), type)
                : Errors.badCast(address, length, type);
    }
}
