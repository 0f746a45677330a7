package io.leat.runtime.kernel;

import io.leat.runtime.batch.Int128Result;

/**
 * Wide decimals, of 19 to 38 digits: two {@code long} hold the unscaled value. A result with more digits than its precision is
 * an error; digits that do not fit its scale are rounded half up, away from zero.
 *
 * <p>{@code precision} and {@code scale} are those of the result. Nothing allocates but errors. Narrower results:
 * {@link Decimals}.
 */
public final class Int128 {
    private Int128() {}

    /** The sum of two decimals of the result's scale. */
    public static void addInt128(
            long leftHigh, long leftLow, long rightHigh, long rightLow, int precision, int scale, Int128Result result) {
        long low = leftLow + rightLow;
        long high = leftHigh + rightHigh + (Wide.less(low, leftLow) ? 1 : 0);
        if (((leftHigh ^ high) & (rightHigh ^ high)) < 0 || exceeds(high, low, precision)) {
            throw overflow(leftHigh, leftLow, scale, "+", rightHigh, rightLow, scale, precision, scale);
        }
        result.set(high, low);
    }

    /** The difference of two decimals of the result's scale. */
    public static void subtractInt128(
            long leftHigh, long leftLow, long rightHigh, long rightLow, int precision, int scale, Int128Result result) {
        long low = leftLow - rightLow;
        long high = leftHigh - rightHigh - (Wide.less(leftLow, rightLow) ? 1 : 0);
        if (((leftHigh ^ rightHigh) & (leftHigh ^ high)) < 0 || exceeds(high, low, precision)) {
            throw overflow(leftHigh, leftLow, scale, "-", rightHigh, rightLow, scale, precision, scale);
        }
        result.set(high, low);
    }

    /** The product; its scale is the sum of the operands' scales, or less, and is then rounded to. */
    public static void multiplyInt128(
            long leftHigh,
            long leftLow,
            int leftScale,
            long rightHigh,
            long rightLow,
            int rightScale,
            int precision,
            int scale,
            Int128Result result) {
        int surplus = leftScale + rightScale - scale;
        if (surplus == 0 && isLong(leftHigh, leftLow) && isLong(rightHigh, rightLow)) {
            // 2^126 at most: no overflow of 128 bits
            result.set(Math.multiplyHigh(leftLow, rightLow), leftLow * rightLow);
            if (exceeds(result.high, result.low, precision)) {
                throw overflow(leftHigh, leftLow, leftScale, "*", rightHigh, rightLow, rightScale, precision, scale);
            }
            return;
        }
        multiplyMagnitudes(
                Wide.magnitudeHigh(leftHigh, leftLow),
                Wide.magnitudeLow(leftHigh, leftLow),
                Wide.magnitudeHigh(rightHigh, rightLow),
                Wide.magnitudeLow(rightHigh, rightLow),
                surplus,
                result);
        if (Wide.exceeds(result.high, result.low, precision)) {
            throw overflow(leftHigh, leftLow, leftScale, "*", rightHigh, rightLow, rightScale, precision, scale);
        }
        Wide.setSign(leftHigh ^ rightHigh, result);
    }

    private static void multiplyMagnitudes(
            long leftHigh, long leftLow, long rightHigh, long rightLow, int surplus, Int128Result result) {
        if (surplus == 0) {
            Wide.multiply(leftHigh, leftLow, rightHigh, rightLow, result);
            return;
        }
        int first = Math.min(surplus, PowersOfTen.MAX_WIDE);
        long powerHigh = PowersOfTen.high(first);
        long powerLow = PowersOfTen.low(first);
        boolean only = surplus == first;
        Wide.multiplyAndDivide(leftHigh, leftLow, rightHigh, rightLow, powerHigh, powerLow, only, result);
        if (!only) {
            // Half of a power of ten is whole, so what the first, truncating division cut off cannot change the
            // rounding.
            Wide.rescale(result.high, result.low, first - surplus, result);
        }
    }

    /** The quotient, rounded half up. */
    public static void divideInt128(
            long leftHigh,
            long leftLow,
            int leftScale,
            long rightHigh,
            long rightLow,
            int rightScale,
            int precision,
            int scale,
            Int128Result result) {
        if ((rightHigh | rightLow) == 0) {
            throw Errors.divisionByZero(Errors.decimal(leftHigh, leftLow, leftScale), "/");
        }
        divideMagnitudes(
                Wide.magnitudeHigh(leftHigh, leftLow),
                Wide.magnitudeLow(leftHigh, leftLow),
                Wide.magnitudeHigh(rightHigh, rightLow),
                Wide.magnitudeLow(rightHigh, rightLow),
                scale - leftScale + rightScale,
                result);
        if (Wide.exceeds(result.high, result.low, precision)) {
            throw overflow(leftHigh, leftLow, leftScale, "/", rightHigh, rightLow, rightScale, precision, scale);
        }
        Wide.setSign(leftHigh ^ rightHigh, result);
    }

    /** {@code left * 10^digits / right}. The dividend may need 256 bits: with 76 digits or more the quotient passes 38. */
    private static void divideMagnitudes(
            long leftHigh, long leftLow, long rightHigh, long rightLow, int digits, Int128Result result) {
        if (digits < 0) {
            WideDivision.divide(0, 0, leftHigh, leftLow, rightHigh, rightLow, result);
            Wide.rescale(result.high, result.low, digits, result);
            return;
        }
        int last = Math.min(digits, PowersOfTen.MAX_WIDE);
        result.set(leftHigh, leftLow);
        if (digits > last) {
            Wide.rescale(leftHigh, leftLow, digits - last, result);
            if (Wide.exceeds(result.high, result.low, PowersOfTen.MAX_WIDE)) {
                result.set(-1, -1);
                return;
            }
        }
        long powerHigh = PowersOfTen.high(last);
        long powerLow = PowersOfTen.low(last);
        Wide.multiplyAndDivide(result.high, result.low, powerHigh, powerLow, rightHigh, rightLow, true, result);
    }

    /** The remainder of two decimals of one scale; it has the sign of the dividend. */
    public static void remainderInt128(
            long leftHigh, long leftLow, long rightHigh, long rightLow, int scale, Int128Result result) {
        if ((rightHigh | rightLow) == 0) {
            throw Errors.divisionByZero(Errors.decimal(leftHigh, leftLow, scale), "%");
        }
        if (isLong(leftHigh, leftLow) && isLong(rightHigh, rightLow)) {
            result.set(leftLow % rightLow);
            return;
        }
        long dividendHigh = Wide.magnitudeHigh(leftHigh, leftLow);
        long dividendLow = Wide.magnitudeLow(leftHigh, leftLow);
        long divisorHigh = Wide.magnitudeHigh(rightHigh, rightLow);
        long divisorLow = Wide.magnitudeLow(rightHigh, rightLow);
        WideDivision.divide(0, 0, dividendHigh, dividendLow, divisorHigh, divisorLow, result);
        Wide.setRest(dividendHigh, dividendLow, divisorHigh, divisorLow, result);
        Wide.setSign(leftHigh, result);
    }

    public static void negateInt128(long high, long low, Int128Result result) {
        result.set(~high + (low == 0 ? 1 : 0), -low);
    }

    public static void absoluteInt128(long high, long low, Int128Result result) {
        result.set(Wide.magnitudeHigh(high, low), Wide.magnitudeLow(high, low));
    }

    /** Negative, 0 or positive, for two decimals of one scale. */
    public static int compareInt128(long leftHigh, long leftLow, long rightHigh, long rightLow) {
        return leftHigh == rightHigh ? Long.compareUnsigned(leftLow, rightLow) : Long.compare(leftHigh, rightHigh);
    }

    /** The same number with {@code scale} digits after the point instead of {@code fromScale}. */
    public static void rescaleInt128(
            long high, long low, int fromScale, int precision, int scale, Int128Result result) {
        Wide.rescale(Wide.magnitudeHigh(high, low), Wide.magnitudeLow(high, low), scale - fromScale, result);
        if (Wide.exceeds(result.high, result.low, precision)) {
            throw castOverflow(high, low, fromScale, precision, scale);
        }
        Wide.setSign(high, result);
    }

    /** The same number in a wider decimal, with {@code scale} digits after the point instead of {@code fromScale}. */
    public static void rescaleDecimalToInt128(
            long value, int fromScale, int precision, int scale, Int128Result result) {
        rescaleInt128(value >> 63, value, fromScale, precision, scale, result);
    }

    /** The same number as a decimal of up to 18 digits, {@code scale} of them after the point instead of {@code fromScale}. */
    public static long rescaleInt128ToDecimal(long high, long low, int fromScale, int precision, int scale) {
        int digits = scale - fromScale;
        if (digits >= 0 && isLong(high, low) && low != Long.MIN_VALUE) {
            return Decimals.rescaleDecimal(low, fromScale, precision, scale);
        }
        long magnitude = digits >= 0
                ? Wide.NONE
                : Wide.dropDigits(Wide.magnitudeHigh(high, low), Wide.magnitudeLow(high, low), -digits);
        if (magnitude < 0 || magnitude >= PowersOfTen.asLong(precision)) {
            throw castOverflow(high, low, fromScale, precision, scale);
        }
        return high < 0 ? -magnitude : magnitude;
    }

    private static boolean isLong(long high, long low) {
        return high == low >> 63;
    }

    /** Whether a signed number has more than {@code precision} digits. */
    private static boolean exceeds(long high, long low, int precision) {
        return Wide.exceeds(Wide.magnitudeHigh(high, low), Wide.magnitudeLow(high, low), precision);
    }

    static RowError castOverflow(long high, long low, int fromScale, int precision, int scale) {
        return Errors.castOverflow(Errors.decimal(high, low, fromScale), Errors.decimalType(precision, scale));
    }

    static RowError overflow(
            long leftHigh,
            long leftLow,
            int leftScale,
            String operator,
            long rightHigh,
            long rightLow,
            int rightScale,
            int precision,
            int scale) {
        String operation = Errors.decimal(leftHigh, leftLow, leftScale)
                + " " + operator + " "
                + Errors.decimal(rightHigh, rightLow, rightScale);
        return Errors.castOverflow(operation, Errors.decimalType(precision, scale));
    }
}
