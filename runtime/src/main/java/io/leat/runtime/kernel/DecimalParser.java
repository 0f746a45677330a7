package io.leat.runtime.kernel;

import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.batch.LongResult;
import io.leat.runtime.memory.Memory;

/**
 * Text to decimals: digits behind the scale are rounded half up, more digits than the precision are an error. Text is a sign,
 * digits with or without a point, and an exponent, all but one digit optional; spaces around it are allowed. A {@code try}
 * method answers false where the other one throws: for text that is no number ({@code BAD_CAST}) or too large a number
 * ({@code NUMERIC_OVERFLOW}).
 */
public final class DecimalParser {
    /** What {@link #parse} answers for text without a value; no decimal of 18 digits is this number. */
    private static final long NONE = Long.MIN_VALUE;

    private static final int TOO_LARGE = Integer.MAX_VALUE;

    /** An exponent beyond this counts as this: it moves every digit of a value out of any decimal. */
    private static final int MAX_EXPONENT = 1 << 26;

    private DecimalParser() {}

    public static long toDecimal(long address, int length, int precision, int scale) {
        long value = parse(address, length, precision, scale);
        if (value == NONE) {
            throw failure(address, length, precision, scale);
        }
        return value;
    }

    public static boolean tryDecimal(long address, int length, int precision, int scale, LongResult result) {
        long value = parse(address, length, precision, scale);
        result.value = value;
        return value != NONE;
    }

    public static void toInt128(long address, int length, int precision, int scale, Int128Result result) {
        if (!tryInt128(address, length, precision, scale, result)) {
            throw failure(address, length, precision, scale);
        }
    }

    public static boolean tryInt128(long address, int length, int precision, int scale, Int128Result result) {
        long start = Blanks.skip(address, address + length);
        long end = Blanks.trim(start, address + length);
        long digits = skipSign(start, end);
        long digitsEnd = findExponent(digits, end);
        int wholeDigits = countWholeDigits(digits, digitsEnd, end);
        if (wholeDigits < 0) {
            return false;
        }
        // How many places the next digit stands above the last one that is kept.
        int place = wholeDigits - 1 + readExponent(digitsEnd, end) + scale;
        place = readDigits(digits, digitsEnd, place, precision, result);
        if (place == TOO_LARGE) {
            return false;
        }
        if (place >= 0 && (result.high | result.low) != 0) {
            if (place >= precision) {
                return false;
            }
            Wide.rescale(result.high, result.low, place + 1, result);
        } else if (roundsUp(digits, digitsEnd, wholeDigits + readExponent(digitsEnd, end) + scale)) {
            result.low++;
            result.high += result.low == 0 ? 1 : 0;
        }
        boolean fits = !Wide.exceeds(result.high, result.low, precision);
        Wide.setSign(isNegative(start, end) ? -1 : 0, result);
        return fits;
    }

    /** Sets {@code result} to the digits down to place 0, and answers the place of the next one, or {@link #TOO_LARGE}. */
    private static int readDigits(long digits, long digitsEnd, int firstPlace, int precision, Int128Result result) {
        result.set(0, 0);
        int place = firstPlace;
        long chunk = 0;
        int chunkDigits = 0;
        for (long at = digits; at < digitsEnd && place >= 0; at++) {
            int digit = Digits.at(at);
            if (Digits.isDigit(digit)) {
                chunk = chunk * 10 + digit;
                place--;
                if (++chunkDigits == PowersOfTen.MAX_LONG) {
                    if (!append(chunk, chunkDigits, precision, result)) {
                        return TOO_LARGE;
                    }
                    chunk = 0;
                    chunkDigits = 0;
                }
            }
        }
        return append(chunk, chunkDigits, precision, result) ? place : TOO_LARGE;
    }

    /** Appends digits to the number in {@code result}; false if it then has too many. */
    private static boolean append(long digits, int count, int precision, Int128Result result) {
        Wide.multiply(result.high, result.low, 0, PowersOfTen.asLong(count), result);
        if (Wide.exceeds(result.high, result.low, precision)) {
            return false;
        }
        long low = result.low + digits;
        result.set(result.high + (Wide.less(low, digits) ? 1 : 0), low);
        return !Wide.exceeds(result.high, result.low, precision);
    }

    private static long parse(long address, int length, int precision, int scale) {
        long start = Blanks.skip(address, address + length);
        long end = Blanks.trim(start, address + length);
        long digits = skipSign(start, end);
        long simple = parseSimple(digits, end, precision, scale);
        if (simple != NONE) {
            return isNegative(start, end) ? -simple : simple;
        }
        long digitsEnd = findExponent(digits, end);
        int wholeDigits = countWholeDigits(digits, digitsEnd, end);
        if (wholeDigits < 0) {
            return NONE;
        }
        int firstPlace = wholeDigits - 1 + readExponent(digitsEnd, end) + scale;
        int place = firstPlace;
        long value = 0;
        long bound = PowersOfTen.asLong(precision);
        long tenthOfBound = PowersOfTen.asLong(precision - 1);
        for (long at = digits; at < digitsEnd && place >= 0; at++) {
            int digit = Digits.at(at);
            if (Digits.isDigit(digit)) {
                if (value >= tenthOfBound) {
                    return NONE;
                }
                value = value * 10 + digit;
                place--;
            }
        }
        if (place >= 0 && value != 0) {
            if (place >= precision || value >= PowersOfTen.asLong(precision - place - 1)) {
                return NONE;
            }
            value *= PowersOfTen.asLong(place + 1);
        } else if (roundsUp(digits, digitsEnd, firstPlace + 1)) {
            value++;
            if (value >= bound) {
                return NONE;
            }
        }
        return isNegative(start, end) ? -value : value;
    }

    /** The usual text, in one pass: no exponent, nothing to round, not too large. Otherwise {@link #NONE}. */
    private static long parseSimple(long digits, long end, int precision, int scale) {
        long length = end - digits;
        if (length == 0 || length > PowersOfTen.MAX_LONG) {
            return NONE;
        }
        long value = 0;
        long point = end - 1;
        for (long at = digits; at < end; at++) {
            int digit = Digits.at(at);
            if (Digits.isDigit(digit)) {
                value = value * 10 + digit;
            } else if (digit == '.' - '0' && point == end - 1 && length > 1) {
                point = at;
            } else {
                return NONE;
            }
        }
        int missing = scale - (int) (end - 1 - point);
        if (missing < 0 || value >= PowersOfTen.asLong(precision - missing)) {
            return NONE;
        }
        return value * PowersOfTen.asLong(missing);
    }

    /** Whether the digit behind the first {@code kept} ones is 5 or more. */
    private static boolean roundsUp(long digits, long digitsEnd, int kept) {
        int toSkip = kept;
        for (long at = digits; at < digitsEnd && toSkip >= 0; at++) {
            int digit = Digits.at(at);
            if (Digits.isDigit(digit) && toSkip-- == 0) {
                return digit >= 5;
            }
        }
        return false;
    }

    private static boolean isNegative(long start, long end) {
        return start < end && Memory.getByte(start) == '-';
    }

    private static long skipSign(long start, long end) {
        return start < end && (Memory.getByte(start) == '-' || Memory.getByte(start) == '+') ? start + 1 : start;
    }

    /** The address of the exponent's letter, or {@code end}. */
    private static long findExponent(long start, long end) {
        long at = start;
        while (at < end && (Memory.getByte(at) | 0x20) != 'e') {
            at++;
        }
        return at;
    }

    /** How many digits stand before the point, or -1 if this is no number. */
    private static int countWholeDigits(long digits, long digitsEnd, long end) {
        long point = digitsEnd;
        for (long at = digits; at < digitsEnd; at++) {
            if (Memory.getByte(at) == '.' && point == digitsEnd) {
                point = at;
            } else if (!Digits.isDigit(Digits.at(at))) {
                return -1;
            }
        }
        boolean hasDigit = digitsEnd - digits > (point == digitsEnd ? 0 : 1);
        return hasDigit && isExponent(digitsEnd, end) ? (int) (point - digits) : -1;
    }

    private static boolean isExponent(long letter, long end) {
        if (letter == end) {
            return true;
        }
        long at = skipSign(letter + 1, end);
        boolean is = at < end;
        for (; at < end; at++) {
            is &= Digits.isDigit(Digits.at(at));
        }
        return is;
    }

    private static int readExponent(long letter, long end) {
        if (letter == end) {
            return 0;
        }
        int exponent = 0;
        for (long at = skipSign(letter + 1, end); at < end; at++) {
            exponent = Math.min(exponent * 10 + Digits.at(at), MAX_EXPONENT);
        }
        return isNegative(letter + 1, end) ? -exponent : exponent;
    }

    private static RowError failure(long address, int length, int precision, int scale) {
        long start = Blanks.skip(address, address + length);
        long end = Blanks.trim(start, address + length);
        long digits = skipSign(start, end);
        long digitsEnd = findExponent(digits, end);
        String type = Errors.decimalType(precision, scale);
        return countWholeDigits(digits, digitsEnd, end) < 0
                ? Errors.badCast(address, length, type)
                : Errors.castOverflow(Errors.quote(address, length), type);
    }
}
