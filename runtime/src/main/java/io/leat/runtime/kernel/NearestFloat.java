package io.leat.runtime.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The float nearest to {@code digits * 10^exponent}, ties to even, as Java reads its own literals.
 *
 * <p>Small numbers are one exact division or multiplication (W. D. Clinger, "How to read floating point numbers accurately",
 * 1990). The others are multiplied with a power of ten cut off at 128 bits, so that the true product lies between two known
 * ones; where both round to the same float, that is it. The idea is that of Daniel Lemire, "Number parsing at a gigabyte per
 * second" (2021). What remains undecided, about one in 10^15, and subnormals go to the JDK, which allocates.
 */
final class NearestFloat {
    private static final int MAX_EXACT_POWER = 22;
    private static final double[] EXACT_POWERS = new double[MAX_EXACT_POWER + 1];
    private static final int SIGNIFICAND_BITS = 53;
    private static final int MIN_EXPONENT = -1022;
    private static final int MAX_EXPONENT = 1023;
    /** In the bits of a double: what a float has no room for, and the half of its unit. */
    private static final long BELOW_FLOAT = (1L << 29) - 1;

    private static final long HALF_OF_FLOAT = 1L << 28;

    static {
        double power = 1;
        for (int i = 0; i <= MAX_EXACT_POWER; i++) {
            EXACT_POWERS[i] = power;
            power *= 10;
        }
    }

    private NearestFloat() {}

    /** The double nearest to an unsigned number of digits, or NaN if this way does not decide it or none is finite. */
    static double find(long digits, int exponent) {
        if (digits == 0) {
            return 0;
        }
        if (digits >>> SIGNIFICAND_BITS == 0 && exponent >= -MAX_EXACT_POWER && exponent <= MAX_EXACT_POWER) {
            return exponent < 0 ? digits / EXACT_POWERS[-exponent] : digits * EXACT_POWERS[exponent];
        }
        if (exponent < DecimalPowers.MIN || exponent > DecimalPowers.MAX) {
            return Double.NaN;
        }
        int shift = Long.numberOfLeadingZeros(digits);
        long factor = digits << shift;
        long powerHigh = DecimalPowers.high(exponent);
        long powerLow = DecimalPowers.low(exponent);
        long low = factor * powerLow;
        long carry = Wide.multiplyHigh(factor, powerLow);
        long middle = factor * powerHigh + carry;
        long high = Wide.multiplyHigh(factor, powerHigh) + (Wide.less(middle, carry) ? 1 : 0);
        int lead = (int) (high >>> 63) ^ 1;
        int binaryExponent = DecimalPowers.log2(exponent) + 64 - shift - lead;
        if (binaryExponent < MIN_EXPONENT || binaryExponent > MAX_EXPONENT) {
            return Double.NaN;
        }
        int surplus = 64 - SIGNIFICAND_BITS - lead;
        long rounded = exponent >= 0 && exponent <= DecimalPowers.MAX_EXACT
                ? roundToEven(high, (middle | low) == 0, surplus)
                : roundBetween(high, middle, low, factor, surplus);
        // The leading bit of the significand adds one to the exponent field; rounding up to 2^53 adds another.
        long bits = ((long) (binaryExponent - MIN_EXPONENT) << (SIGNIFICAND_BITS - 1)) + rounded;
        double found = Double.longBitsToDouble(bits);
        return rounded < 0 || found > Double.MAX_VALUE ? Double.NaN : found;
    }

    private static long roundToEven(long high, boolean exact, int surplus) {
        long kept = high >>> surplus;
        long rest = high & ((1L << surplus) - 1);
        long half = 1L << (surplus - 1);
        boolean up = rest > half || (rest == half && (!exact || (kept & 1) != 0));
        return up ? kept + 1 : kept;
    }

    /** Rounds a number that is above {@code high, middle, low} by less than {@code width}; -1 if that leaves a choice. */
    private static long roundBetween(long high, long middle, long low, long width, int surplus) {
        long least = roundHalfUp(high, surplus);
        long mostLow = low + width;
        long mostMiddle = middle + (Wide.less(mostLow, width) ? 1 : 0);
        long mostHigh = high + (mostMiddle == 0 && middle != 0 ? 1 : 0);
        long most = roundHalfUp(mostHigh, surplus);
        long rest = mostHigh & ((1L << surplus) - 1);
        if (rest == 1L << (surplus - 1) && (mostMiddle | mostLow) == 0) {
            most--; // the bound itself is not reached
        }
        return least == most ? least : -1;
    }

    private static long roundHalfUp(long number, int surplus) {
        return (number >>> surplus) + (number >>> (surplus - 1) & 1);
    }

    /** The double nearest to a decimal, also where this allocates; infinite if it is too large. */
    static double toDouble(long high, long low, int scale) {
        long magnitude = Wide.magnitudeLow(high, low);
        double found = Wide.magnitudeHigh(high, low) == 0 ? find(magnitude, -scale) : Double.NaN;
        if (found <= Double.MAX_VALUE) {
            return high < 0 ? 0.0 - found : found;
        }
        return decimal(high, low, scale).doubleValue();
    }

    /** The float nearest to a decimal, also where this allocates; infinite if it is too large. */
    static float toFloat(long high, long low, int scale) {
        double found = Wide.magnitudeHigh(high, low) == 0 ? find(Wide.magnitudeLow(high, low), -scale) : Double.NaN;
        if (isFloatDecided(found)) {
            return (float) (high < 0 ? 0.0 - found : found);
        }
        return decimal(high, low, scale).floatValue();
    }

    /** Whether rounding the nearest double again gives the nearest float: not if it stands half way between two floats. */
    static boolean isFloatDecided(double nearest) {
        return nearest == 0
                || (nearest >= Float.MIN_NORMAL
                        && (Double.doubleToRawLongBits(nearest) & BELOW_FLOAT) != HALF_OF_FLOAT);
    }

    private static BigDecimal decimal(long high, long low, int scale) {
        BigInteger unscaled = Errors.bigInteger(high, low);
        return new BigDecimal(unscaled, scale);
    }
}
