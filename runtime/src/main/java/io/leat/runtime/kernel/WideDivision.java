package io.leat.runtime.kernel;

import io.leat.runtime.batch.Int128Result;

/**
 * Division of unsigned numbers wider than a {@code long}, in {@code long} locals only.
 *
 * <p>Long division with 64-bit digits is algorithm D of Knuth, The Art of Computer Programming, volume 2, 4.3.1; its digit of
 * 128 by 64 bits is made of two 32-bit digits, as in Warren, Hacker's Delight, chapter 9.
 */
final class WideDivision {
    private static final long HALF_MASK = 0xFFFF_FFFFL;

    private WideDivision() {}

    /** The truncated quotient; {@code high < divisor}, so that it fits. */
    static long quotient(long high, long low, long divisor) {
        if (high == 0) {
            return Long.divideUnsigned(low, divisor);
        }
        int shift = Long.numberOfLeadingZeros(divisor);
        if (shift == 0) {
            return normalQuotient(high, low, divisor);
        }
        return normalQuotient(high << shift | low >>> -shift, low << shift, divisor << shift);
    }

    /** The same for a divisor whose top bit is set. */
    private static long normalQuotient(long high, long low, long divisor) {
        long first = halfDigit(high, low >>> 32, divisor);
        long rest = (high << 32 | low >>> 32) - first * divisor;
        return (first << 32) + halfDigit(rest, low & HALF_MASK, divisor);
    }

    /** A quotient digit of 32 bits: of the 96-bit number {@code high, next} by {@code divisor}. */
    private static long halfDigit(long high, long next, long divisor) {
        long divisorHigh = divisor >>> 32;
        long divisorLow = divisor & HALF_MASK;
        long digit = Long.divideUnsigned(high, divisorHigh);
        long rest = high - digit * divisorHigh;
        // The first guess is at most two too large.
        while (digit > HALF_MASK || Wide.less(rest << 32 | next, digit * divisorLow)) {
            digit--;
            rest += divisorHigh;
            if (rest > HALF_MASK) {
                break;
            }
        }
        return digit;
    }

    /**
     * The truncated quotient of a number of 256 bits, highest part first, by one of 128 bits. The upper half of the dividend is
     * less than the divisor, so that the quotient fits.
     */
    static void divide(
            long dividend3,
            long dividend2,
            long dividend1,
            long dividend0,
            long divisorHigh,
            long divisorLow,
            Int128Result quotient) {
        if (divisorHigh == 0) {
            long high = quotient(dividend2, dividend1, divisorLow);
            quotient.set(high, quotient(dividend1 - high * divisorLow, dividend0, divisorLow));
            return;
        }
        int shift = Long.numberOfLeadingZeros(divisorHigh);
        if (shift == 0) {
            normalDivide(dividend3, dividend2, dividend1, dividend0, divisorHigh, divisorLow, quotient);
        } else {
            normalDivide(
                    dividend3 << shift | dividend2 >>> -shift,
                    dividend2 << shift | dividend1 >>> -shift,
                    dividend1 << shift | dividend0 >>> -shift,
                    dividend0 << shift,
                    divisorHigh << shift | divisorLow >>> -shift,
                    divisorLow << shift,
                    quotient);
        }
    }

    private static void normalDivide(
            long dividend3,
            long dividend2,
            long dividend1,
            long dividend0,
            long divisorHigh,
            long divisorLow,
            Int128Result quotient) {
        long high = digit(dividend3, dividend2, dividend1, divisorHigh, divisorLow);
        long productLow = high * divisorLow;
        long restLow = dividend1 - productLow;
        long borrow = Wide.less(dividend1, productLow) ? 1 : 0;
        long restHigh = dividend2 - high * divisorHigh - Wide.multiplyHigh(high, divisorLow) - borrow;
        quotient.set(high, digit(restHigh, restLow, dividend0, divisorHigh, divisorLow));
    }

    /** A quotient digit of 64 bits: of a 192-bit number by a 128-bit one whose top bit is set. */
    private static long digit(long high, long middle, long low, long divisorHigh, long divisorLow) {
        long digit;
        long rest;
        if (high == divisorHigh) {
            digit = -1L; // the largest digit
            rest = middle + divisorHigh;
            if (Wide.less(rest, divisorHigh)) {
                return digit;
            }
        } else {
            digit = normalQuotient(high, middle, divisorHigh);
            rest = middle - digit * divisorHigh;
        }
        // The first guess is at most two too large.
        while (Wide.less(rest, low, Wide.multiplyHigh(digit, divisorLow), digit * divisorLow)) {
            digit--;
            rest += divisorHigh;
            if (Wide.less(rest, divisorHigh)) {
                break;
            }
        }
        return digit;
    }
}
