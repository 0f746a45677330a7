package io.leat.runtime.kernel;

/**
 * The shortest decimal that reads back to a float, and of those the closest; as a number {@code digits * 10^exponent}. A single
 * digit gives way to two where two come closer, since one fraction digit is always shown. The same on every JDK.
 *
 * <p>After Raffaello Giulietti, "The Schubfach way to render doubles" (2020): of the decimals with a fixed exponent, at most
 * two, or at most one of a tenth of their number, lie in the range that rounds to the float. The two halves of the result come
 * from two calls, so that nothing is allocated.
 */
final class ShortestDecimal {
    private static final int DOUBLE_BITS = 52;
    private static final int DOUBLE_MIN = -1074;
    /** Subnormals below this multiple of the smallest have one digit at the usual exponent, so they get another. */
    private static final long DOUBLE_TINY = 3;

    private static final int FLOAT_BITS = 23;
    private static final int FLOAT_MIN = -149;
    private static final long FLOAT_TINY = 8;

    private static final long MASK_63 = Long.MAX_VALUE;

    private ShortestDecimal() {}

    /** The digits of the magnitude; they may end in zeros. */
    static long digits(double value) {
        long bits = Double.doubleToRawLongBits(value) & MASK_63;
        return digits(significand(bits, DOUBLE_BITS), power(bits, DOUBLE_BITS, DOUBLE_MIN), DOUBLE_BITS, DOUBLE_TINY);
    }

    static int exponent(double value) {
        long bits = Double.doubleToRawLongBits(value) & MASK_63;
        return exponent(significand(bits, DOUBLE_BITS), power(bits, DOUBLE_BITS, DOUBLE_MIN), DOUBLE_BITS, DOUBLE_TINY);
    }

    /** The digits of the magnitude; they may end in zeros. */
    static long digits(float value) {
        long bits = Float.floatToRawIntBits(value) & Integer.MAX_VALUE;
        return digits(significand(bits, FLOAT_BITS), power(bits, FLOAT_BITS, FLOAT_MIN), FLOAT_BITS, FLOAT_TINY);
    }

    static int exponent(float value) {
        long bits = Float.floatToRawIntBits(value) & Integer.MAX_VALUE;
        return exponent(significand(bits, FLOAT_BITS), power(bits, FLOAT_BITS, FLOAT_MIN), FLOAT_BITS, FLOAT_TINY);
    }

    /** The float is significand * 2^power. */
    private static long significand(long bits, int fractionBits) {
        long fraction = bits & ((1L << fractionBits) - 1);
        return bits >>> fractionBits == 0 ? fraction : fraction | 1L << fractionBits;
    }

    private static int power(long bits, int fractionBits, int min) {
        return min + Math.max(0, (int) (bits >>> fractionBits) - 1);
    }

    /** Whether the float is a whole number below {@code 2^(fractionBits + 1)}, whose digits are the shortest as they stand. */
    private static boolean isWhole(long significand, int power, int fractionBits) {
        return power <= 0
                && power >= -fractionBits
                && Long.numberOfTrailingZeros(significand | 1L << fractionBits) >= -power;
    }

    /** The distance to the float below is half of that above: the smallest significand, unless it is subnormal. */
    private static boolean isUneven(long significand, int power, int fractionBits) {
        return significand == 1L << fractionBits && power > (fractionBits == DOUBLE_BITS ? DOUBLE_MIN : FLOAT_MIN);
    }

    private static int exponent(long significand, int power, int fractionBits, long tiny) {
        if (significand == 0 || isWhole(significand, power, fractionBits)) {
            return 0;
        }
        if (isUneven(significand, power, fractionBits)) {
            return DecimalPowers.log10OfThreeQuarters(power);
        }
        return DecimalPowers.log10(power) - (significand < tiny ? 1 : 0);
    }

    private static long digits(long significand, int power, int fractionBits, long tiny) {
        if (significand == 0) {
            return 0;
        }
        if (isWhole(significand, power, fractionBits)) {
            return significand >>> -power;
        }
        if (isUneven(significand, power, fractionBits)) {
            return shortest(significand, power, DecimalPowers.log10OfThreeQuarters(power), 1);
        }
        return shortest(significand < tiny ? 10 * significand : significand, power, DecimalPowers.log10(power), 2);
    }

    /**
     * The digits at the exponent. In quarters of the significand's unit the range that rounds to the float begins
     * {@code reachDown} below it and ends 2 above; its ends belong to it if the significand is even.
     */
    private static long shortest(long significand, int power, int exponent, int reachDown) {
        int shift = power + DecimalPowers.log2(-exponent) + 2;
        long odd = significand & 1;
        long quarters = significand << 2;
        // Fourfold decimals of the value and of the ends of its range: whole part, and a last bit that says "and more".
        long value = scaled(quarters << shift, -exponent);
        long bottom = scaled((quarters - reachDown) << shift, -exponent) + odd;
        long top = scaled((quarters + 2) << shift, -exponent) - odd;

        long below = value >> 2;
        if (below >= 100) {
            long shorter = below / 10 * 10;
            boolean first = bottom <= shorter << 2;
            boolean second = (shorter + 10) << 2 <= top;
            if (first != second) {
                return first ? shorter : shorter + 10;
            }
        }
        long above = below + 1;
        boolean first = bottom <= below << 2;
        boolean second = above << 2 <= top;
        if (first != second) {
            return first ? below : above;
        }
        long middle = (below + above) << 1;
        return value < middle || (value == middle && (below & 1) == 0) ? below : above;
    }

    /**
     * {@code number * 10^exponent} at the scale of {@link DecimalPowers}, rounded to odd: cut off, with the last bit set if
     * anything was. The power is taken to 126 bits and rounded up, which the paper shows to be enough.
     */
    private static long scaled(long number, int exponent) {
        long powerHigh = DecimalPowers.high(exponent) >>> 1;
        long powerLow = ((DecimalPowers.high(exponent) & 1) << 62 | DecimalPowers.low(exponent) >>> 2) + 1;
        long middle = ((powerHigh * number) >>> 1) + Math.multiplyHigh(powerLow, number);
        long whole = Math.multiplyHigh(powerHigh, number) + (middle >>> 63);
        return whole | ((middle & MASK_63) + MASK_63) >>> 63;
    }
}
