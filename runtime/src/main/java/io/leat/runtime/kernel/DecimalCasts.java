package io.leat.runtime.kernel;

import io.leat.runtime.batch.Int128Result;

/**
 * Casts between decimals and other numbers. A number outside the target type is an error; digits that the target has no room
 * for are rounded half up, away from zero; a decimal becomes the nearest float.
 *
 * <p>{@code precision} and {@code scale} belong to the decimal. Decimals among themselves: {@code rescale} in {@link Decimals}
 * and {@link Int128}. To a float and back nothing allocates, but for decimals of 20 digits and more and ties.
 */
public final class DecimalCasts {
    private DecimalCasts() {}

    // ---- from integers

    public static long int64ToDecimal(long value, int precision, int scale) {
        long bound = PowersOfTen.asLong(precision - scale);
        if (value >= bound || value <= -bound) {
            throw Errors.castOverflow(value, Errors.decimalType(precision, scale));
        }
        return value * PowersOfTen.asLong(scale);
    }

    public static void int64ToInt128(long value, int precision, int scale, Int128Result result) {
        Int128.rescaleInt128(value >> 63, value, 0, precision, scale, result);
    }

    // ---- to integers

    public static int decimalToInt8(long value, int scale) {
        return Casts.int64ToInt8(decimalToInt64(value, scale));
    }

    public static int decimalToInt16(long value, int scale) {
        return Casts.int64ToInt16(decimalToInt64(value, scale));
    }

    public static int decimalToInt32(long value, int scale) {
        return Casts.int64ToInt32(decimalToInt64(value, scale));
    }

    /** Always has a result. */
    public static long decimalToInt64(long value, int scale) {
        return Decimals.divideHalfUp(value, PowersOfTen.asLong(scale));
    }

    public static int int128ToInt8(long high, long low, int scale) {
        return Casts.int64ToInt8(int128ToInt64(high, low, scale));
    }

    public static int int128ToInt16(long high, long low, int scale) {
        return Casts.int64ToInt16(int128ToInt64(high, low, scale));
    }

    public static int int128ToInt32(long high, long low, int scale) {
        return Casts.int64ToInt32(int128ToInt64(high, low, scale));
    }

    public static long int128ToInt64(long high, long low, int scale) {
        long magnitude = Wide.dropDigits(Wide.magnitudeHigh(high, low), Wide.magnitudeLow(high, low), scale);
        if (magnitude < 0 && (magnitude == Wide.NONE || high >= 0)) {
            throw Errors.castOverflow(Errors.decimal(high, low, scale), "BIGINT");
        }
        return high < 0 ? -magnitude : magnitude;
    }

    // ---- to floats: no decimal is outside their range

    public static double decimalToFloat64(long value, int scale) {
        return NearestFloat.toDouble(value >> 63, value, scale);
    }

    public static float decimalToFloat32(long value, int scale) {
        return NearestFloat.toFloat(value >> 63, value, scale);
    }

    public static double int128ToFloat64(long high, long low, int scale) {
        return NearestFloat.toDouble(high, low, scale);
    }

    /** A decimal of 38 digits stays below the largest REAL. */
    public static float int128ToFloat32(long high, long low, int scale) {
        return NearestFloat.toFloat(high, low, scale);
    }

    // ---- from floats: the shortest decimal that reads back to the float, not its exact binary value, is what gets
    // rounded

    public static long float64ToDecimal(double value, int precision, int scale) {
        return toDecimal(value, ShortestDecimal.digits(value), ShortestDecimal.exponent(value), precision, scale);
    }

    public static long float32ToDecimal(float value, int precision, int scale) {
        return toDecimal(value, ShortestDecimal.digits(value), ShortestDecimal.exponent(value), precision, scale);
    }

    public static void float64ToInt128(double value, int precision, int scale, Int128Result result) {
        toInt128(value, ShortestDecimal.digits(value), ShortestDecimal.exponent(value), precision, scale, result);
    }

    public static void float32ToInt128(float value, int precision, int scale, Int128Result result) {
        toInt128(value, ShortestDecimal.digits(value), ShortestDecimal.exponent(value), precision, scale, result);
    }

    private static long toDecimal(double value, long digits, int exponent, int precision, int scale) {
        int places = exponent + scale;
        long magnitude = Wide.NONE;
        if (digits == 0 || places < -PowersOfTen.MAX_LONG) {
            magnitude = 0; // 17 digits at most
        } else if (places < 0) {
            magnitude = Decimals.divideHalfUp(digits, PowersOfTen.asLong(-places));
        } else if (places <= precision && digits < PowersOfTen.asLong(precision - places)) {
            magnitude = digits * PowersOfTen.asLong(places);
        }
        if (magnitude < 0 || magnitude >= PowersOfTen.asLong(precision)) {
            throw Errors.castOverflow(FloatPrinter.text(value), Errors.decimalType(precision, scale));
        }
        return value < 0 ? -magnitude : magnitude;
    }

    private static void toInt128(
            double value, long digits, int exponent, int precision, int scale, Int128Result result) {
        int places = exponent + scale;
        if (digits == 0 || places < -PowersOfTen.MAX_LONG) {
            result.set(0, 0); // 17 digits at most
        } else if (places <= PowersOfTen.MAX_WIDE) {
            Wide.rescale(0, digits, places, result);
        } else {
            result.set(-1, -1);
        }
        if (Wide.exceeds(result.high, result.low, precision)) {
            throw Errors.castOverflow(FloatPrinter.text(value), Errors.decimalType(precision, scale));
        }
        Wide.setSign(value < 0 ? -1 : 0, result);
    }
}
