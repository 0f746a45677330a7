package io.leat.runtime.kernel;

import java.math.BigInteger;

/**
 * Powers of ten from 10^-342 to 10^324 to 128 binary digits, cut off: {@code 10^n = (significand + f) * 2^(log2(n) - 127)} with
 * {@code 0 <= f < 1}. What conversion between binary and decimal fractions multiplies by.
 */
final class DecimalPowers {
    static final int MIN = -342;
    static final int MAX = 324;
    /** 5^55 is the last power of five below 2^128: from 0 up to here the significand is exact. */
    static final int MAX_EXACT = 55;

    private static final long[] HIGH = new long[MAX - MIN + 1];
    private static final long[] LOW = new long[MAX - MIN + 1];

    static {
        BigInteger power = BigInteger.ONE;
        for (int exponent = 0; exponent <= Math.max(MAX, -MIN); exponent++) {
            if (exponent <= MAX) {
                set(exponent, power.shiftLeft(128).shiftRight(power.bitLength()));
            }
            if (exponent > 0 && -exponent >= MIN) {
                set(-exponent, BigInteger.ONE.shiftLeft(power.bitLength() + 127).divide(power));
            }
            power = power.multiply(BigInteger.TEN);
        }
    }

    private DecimalPowers() {}

    private static void set(int exponent, BigInteger significand) {
        HIGH[exponent - MIN] = significand.shiftRight(64).longValue();
        LOW[exponent - MIN] = significand.longValue();
    }

    /** High half of the significand; its top bit is set. */
    static long high(int exponent) {
        return HIGH[exponent - MIN];
    }

    static long low(int exponent) {
        return LOW[exponent - MIN];
    }

    // The three logarithms are exact for every exponent that floats lead to; a test tries them all.

    /** Floor of the binary logarithm of {@code 10^exponent}. */
    static int log2(int exponent) {
        return (exponent * 1_741_647) >> 19;
    }

    /** Floor of the decimal logarithm of {@code 2^exponent}. */
    static int log10(int exponent) {
        return (exponent * 1_262_611) >> 22;
    }

    /** Floor of the decimal logarithm of {@code 3/4 * 2^exponent}. */
    static int log10OfThreeQuarters(int exponent) {
        return (exponent * 1_262_611 - 524_031) >> 22;
    }
}
