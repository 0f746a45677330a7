package io.leat.runtime.kernel;

import java.math.BigInteger;

/** Powers of ten in the forms that kernels divide and compare by. */
final class PowersOfTen {
    /** The largest power of ten that fits a {@code long}. */
    static final int MAX_LONG = 18;
    /** The largest power of ten that two {@code long} hold; one more than the digits of the widest decimal. */
    static final int MAX_WIDE = 38;

    private static final long[] LONG = new long[MAX_LONG + 1];
    private static final long[] HIGH = new long[MAX_WIDE + 1];
    private static final long[] LOW = new long[MAX_WIDE + 1];
    private static final int[] INT = new int[10];

    static {
        BigInteger power = BigInteger.ONE;
        for (int digits = 0; digits <= MAX_WIDE; digits++) {
            HIGH[digits] = power.shiftRight(64).longValueExact();
            LOW[digits] = power.longValue();
            if (digits <= MAX_LONG) {
                LONG[digits] = power.longValueExact();
            }
            if (digits < INT.length) {
                INT[digits] = power.intValueExact();
            }
            power = power.multiply(BigInteger.TEN);
        }
    }

    private PowersOfTen() {}

    /** 10 to the power of 0 to 9. */
    static int asInt(int digits) {
        return INT[digits];
    }

    /** 10 to the power of 0 to 18. */
    static long asLong(int digits) {
        return LONG[digits];
    }

    /** High half of 10 to the power of 0 to 38. */
    static long high(int digits) {
        return HIGH[digits];
    }

    /** Low half of 10 to the power of 0 to 38. */
    static long low(int digits) {
        return LOW[digits];
    }

    /** How many decimal digits a number takes that is not negative; 1 for 0. */
    static int digits(long value) {
        // 1233 / 4096 is just above log10(2), so the estimate from the bit length is right or one too small.
        int estimate = ((64 - Long.numberOfLeadingZeros(value | 1)) * 1233) >>> 12;
        return estimate <= MAX_LONG && value >= LONG[estimate] ? estimate + 1 : Math.max(estimate, 1);
    }
}
