package io.leat.runtime.kernel;

import io.leat.runtime.batch.Int128Result;

/**
 * Unsigned numbers of 128 bits in two {@code long}, the magnitudes that {@link Int128} computes with. Nothing allocates.
 * Division is in {@link WideDivision}.
 */
final class Wide {
    /** What {@link #dropDigits} answers when the quotient does not fit a {@code long}. */
    static final long NONE = -1;

    private Wide() {}

    /** The high half of the unsigned product of two {@code long}. */
    static long multiplyHigh(long left, long right) {
        return Math.multiplyHigh(left, right) + (left >> 63 & right) + (right >> 63 & left);
    }

    static boolean less(long left, long right) {
        return left + Long.MIN_VALUE < right + Long.MIN_VALUE;
    }

    static boolean less(long leftHigh, long leftLow, long rightHigh, long rightLow) {
        return leftHigh == rightHigh ? less(leftLow, rightLow) : less(leftHigh, rightHigh);
    }

    /** High half of the magnitude of a signed number. */
    static long magnitudeHigh(long high, long low) {
        return high < 0 ? ~high + (low == 0 ? 1 : 0) : high;
    }

    /** Low half of the magnitude of a signed number. */
    static long magnitudeLow(long high, long low) {
        return high < 0 ? -low : low;
    }

    /** Negates the magnitude in {@code result} if {@code sign} is negative. */
    static void setSign(long sign, Int128Result result) {
        if (sign < 0) {
            result.set(~result.high + (result.low == 0 ? 1 : 0), -result.low);
        }
    }

    /** Whether a magnitude has more than {@code precision} digits. */
    static boolean exceeds(long high, long low, int precision) {
        return !less(high, low, PowersOfTen.high(precision), PowersOfTen.low(precision));
    }

    /** The product, or the largest number of 128 bits, which passes every precision, if it does not fit. */
    static void multiply(long leftHigh, long leftLow, long rightHigh, long rightLow, Int128Result result) {
        long high = multiplyHigh(leftLow, rightLow);
        if ((leftHigh | rightHigh) != 0) {
            // The product fits only if one high half is zero; then one of the two cross products is, too.
            long cross = leftHigh * rightLow + rightHigh * leftLow;
            boolean fits = (leftHigh == 0 || rightHigh == 0)
                    && (multiplyHigh(leftHigh, rightLow) | multiplyHigh(rightHigh, leftLow)) == 0;
            high += cross;
            if (!fits || less(high, cross)) {
                result.set(-1, -1);
                return;
            }
        }
        result.set(high, leftLow * rightLow);
    }

    /**
     * The product of two numbers below 10^38, divided by a number that is greater than the product's upper 128 bits; else the
     * result is the largest number of 128 bits. Rounded half up, or cut off.
     */
    static void multiplyAndDivide(
            long leftHigh,
            long leftLow,
            long rightHigh,
            long rightLow,
            long divisorHigh,
            long divisorLow,
            boolean rounded,
            Int128Result result) {
        // Schoolbook: the product's parts of 64 bits, with the carries between them.
        long part0 = leftLow * rightLow;
        long carry1 = multiplyHigh(leftLow, rightLow);
        long cross1 = leftHigh * rightLow;
        long cross2 = leftLow * rightHigh;
        long part1 = carry1 + cross1;
        long carry2 = less(part1, cross1) ? 1 : 0;
        part1 += cross2;
        carry2 += less(part1, cross2) ? 1 : 0;
        // Numbers below 2^127 have high halves below 2^63, so these sums stay below 2^64.
        long upper1 = multiplyHigh(leftHigh, rightLow);
        long upper2 = multiplyHigh(leftLow, rightHigh) + carry2;
        long product = leftHigh * rightHigh;
        long part2 = product + upper1;
        long carry3 = less(part2, upper1) ? 1 : 0;
        part2 += upper2;
        carry3 += less(part2, upper2) ? 1 : 0;
        long part3 = multiplyHigh(leftHigh, rightHigh) + carry3;
        if (!less(part3, part2, divisorHigh, divisorLow)) {
            result.set(-1, -1);
            return;
        }
        WideDivision.divide(part3, part2, part1, part0, divisorHigh, divisorLow, result);
        if (rounded) {
            roundHalfUp(part1, part0, divisorHigh, divisorLow, result);
        }
    }

    /** The quotient, rounded half up. */
    static void divideHalfUp(long high, long low, long divisorHigh, long divisorLow, Int128Result result) {
        WideDivision.divide(0, 0, high, low, divisorHigh, divisorLow, result);
        roundHalfUp(high, low, divisorHigh, divisorLow, result);
    }

    /** Adds one to the truncated quotient in {@code result} if the rest is half of the divisor or more. */
    private static void roundHalfUp(
            long dividendHigh, long dividendLow, long divisorHigh, long divisorLow, Int128Result result) {
        long high = result.high;
        long low = result.low;
        setRest(dividendHigh, dividendLow, divisorHigh, divisorLow, result);
        if (isHalfOrMore(result.high, result.low, divisorHigh, divisorLow)) {
            low++;
            high += low == 0 ? 1 : 0;
        }
        result.set(high, low);
    }

    /** Whether a rest is half of the divisor or more. */
    static boolean isHalfOrMore(long restHigh, long restLow, long divisorHigh, long divisorLow) {
        long missingLow = divisorLow - restLow;
        long missingHigh = divisorHigh - restHigh - (less(divisorLow, restLow) ? 1 : 0);
        return !less(restHigh, restLow, missingHigh, missingLow);
    }

    /** Replaces a truncated quotient in {@code result} by the remainder; of the dividend only the low 128 bits matter. */
    static void setRest(long dividendHigh, long dividendLow, long divisorHigh, long divisorLow, Int128Result result) {
        long quotientHigh = result.high;
        long quotientLow = result.low;
        long productLow = quotientLow * divisorLow;
        long productHigh =
                multiplyHigh(quotientLow, divisorLow) + quotientLow * divisorHigh + quotientHigh * divisorLow;
        long borrow = less(dividendLow, productLow) ? 1 : 0;
        result.set(dividendHigh - productHigh - borrow, dividendLow - productLow);
    }

    /** Times {@code 10^digits}, or for negative digits divided by that power of ten and rounded half up; up to 38 digits. */
    static void rescale(long high, long low, int digits, Int128Result result) {
        if (digits < 0) {
            divideHalfUp(high, low, PowersOfTen.high(-digits), PowersOfTen.low(-digits), result);
        } else {
            multiply(high, low, PowersOfTen.high(digits), PowersOfTen.low(digits), result);
        }
    }

    /**
     * A number below 10^38 divided by {@code 10^digits}, 0 to 38 digits, rounded half up, or {@link #NONE} if that does not fit.
     * 2^63 comes as {@code Long.MIN_VALUE}, since its negative fits.
     */
    static long dropDigits(long high, long low, int digits) {
        // Half of a power of ten is whole, so what a first, truncating division cuts off cannot change the rounding.
        while (digits > PowersOfTen.MAX_LONG) {
            long power = PowersOfTen.asLong(PowersOfTen.MAX_LONG);
            long quotientHigh = high / power;
            low = WideDivision.quotient(high - quotientHigh * power, low, power);
            high = quotientHigh;
            digits -= PowersOfTen.MAX_LONG;
        }
        long divisor = PowersOfTen.asLong(digits);
        if (!less(high, divisor)) {
            return NONE;
        }
        long quotient = WideDivision.quotient(high, low, divisor);
        long rest = low - quotient * divisor;
        long rounded = rest >= divisor - rest ? quotient + 1 : quotient;
        return quotient < 0 && rounded != Long.MIN_VALUE ? NONE : rounded;
    }
}
