package io.leat.runtime.kernel;

/**
 * ROUND, TRUNCATE, CEIL and FLOOR of integers and floats. Halves are rounded away from zero; a result outside the type is an
 * error ({@code NUMERIC_OVERFLOW}). Zero has no sign.
 *
 * <p>{@code digits} says how many to keep behind the point, or, negative, how many before it to make zero. Floats are rounded as
 * they print: ROUND(2.675, 2) is 2.68. Of an integer CEIL and FLOOR are the integer itself. Decimals: {@link DecimalRounding}.
 */
public final class Rounding {
    /** A double from here on is a whole number. */
    private static final double WHOLE = 0x1p52;

    private Rounding() {}

    // ---- integers

    public static int roundInt8(int value, int digits) {
        return Casts.int64ToInt8(roundInt64(value, digits));
    }

    public static int roundInt16(int value, int digits) {
        return Casts.int64ToInt16(roundInt64(value, digits));
    }

    public static int roundInt32(int value, int digits) {
        return Casts.int64ToInt32(roundInt64(value, digits));
    }

    public static long roundInt64(long value, int digits) {
        if (digits >= 0) {
            return value;
        }
        if (digits < -PowersOfTen.MAX_LONG) {
            // To 10^19 only half of that or more would be rounded, and that is no BIGINT.
            if (digits == -PowersOfTen.MAX_LONG - 1 && Decimals.dropDigits(value, PowersOfTen.MAX_LONG + 1) != 0) {
                throw outOfRange(value, digits);
            }
            return 0;
        }
        long power = PowersOfTen.asLong(-digits);
        long quotient = Decimals.divideHalfUp(value, power);
        long rounded = quotient * power;
        if (Math.multiplyHigh(quotient, power) != rounded >> 63) {
            throw outOfRange(value, digits);
        }
        return rounded;
    }

    private static RowError outOfRange(long value, int digits) {
        return Errors.castOverflow("ROUND(" + value + ", " + digits + ")", "BIGINT");
    }

    public static int truncateInt8(int value, int digits) {
        return (int) truncateInt64(value, digits);
    }

    public static int truncateInt16(int value, int digits) {
        return (int) truncateInt64(value, digits);
    }

    public static int truncateInt32(int value, int digits) {
        return (int) truncateInt64(value, digits);
    }

    public static long truncateInt64(long value, int digits) {
        if (digits >= 0) {
            return value;
        }
        return digits < -PowersOfTen.MAX_LONG ? 0 : value - value % PowersOfTen.asLong(-digits);
    }

    // ---- floats to whole numbers

    public static double roundFloat64(double value) {
        double whole = truncateFloat64(value);
        double rest = value - whole;
        return Math.abs(rest) >= 0.5 ? whole + Math.signum(rest) : whole;
    }

    public static float roundFloat32(float value) {
        return (float) roundFloat64(value);
    }

    public static double truncateFloat64(double value) {
        return Math.abs(value) >= WHOLE ? value : (long) value;
    }

    public static float truncateFloat32(float value) {
        return (float) truncateFloat64(value);
    }

    public static double ceilFloat64(double value) {
        return Math.ceil(value) + 0.0;
    }

    public static float ceilFloat32(float value) {
        return (float) Math.ceil(value) + 0.0f;
    }

    public static double floorFloat64(double value) {
        return Math.floor(value) + 0.0;
    }

    public static float floorFloat32(float value) {
        return (float) Math.floor(value) + 0.0f;
    }

    // ---- floats to a number of digits

    public static double roundFloat64(double value, int digits) {
        int drop = -ShortestDecimal.exponent(value) - Math.max(digits, -1_000);
        if (drop <= 0) {
            return value;
        }
        long kept = drop > PowersOfTen.MAX_LONG ? 0 : Decimals.dropDigits(ShortestDecimal.digits(value), drop);
        double rounded = NearestFloat.toDouble(0, kept, digits);
        if (rounded > Double.MAX_VALUE) {
            throw Errors.castOverflow("ROUND(" + FloatPrinter.text(value) + ", " + digits + ")", "DOUBLE");
        }
        return value < 0 ? 0.0 - rounded : rounded;
    }

    public static float roundFloat32(float value, int digits) {
        int drop = -ShortestDecimal.exponent(value) - Math.max(digits, -1_000);
        if (drop <= 0) {
            return value;
        }
        long kept = drop > PowersOfTen.MAX_LONG ? 0 : Decimals.dropDigits(ShortestDecimal.digits(value), drop);
        float rounded = NearestFloat.toFloat(0, kept, digits);
        if (rounded > Float.MAX_VALUE) {
            throw Errors.castOverflow("ROUND(" + FloatPrinter.text(value) + ", " + digits + ")", "REAL");
        }
        return value < 0 ? 0.0f - rounded : rounded;
    }

    public static double truncateFloat64(double value, int digits) {
        int drop = -ShortestDecimal.exponent(value) - Math.max(digits, -1_000);
        if (drop <= 0) {
            return value;
        }
        long kept = drop > PowersOfTen.MAX_LONG ? 0 : ShortestDecimal.digits(value) / PowersOfTen.asLong(drop);
        double truncated = NearestFloat.toDouble(0, kept, digits);
        return value < 0 ? 0.0 - truncated : truncated;
    }

    public static float truncateFloat32(float value, int digits) {
        int drop = -ShortestDecimal.exponent(value) - Math.max(digits, -1_000);
        if (drop <= 0) {
            return value;
        }
        long kept = drop > PowersOfTen.MAX_LONG ? 0 : ShortestDecimal.digits(value) / PowersOfTen.asLong(drop);
        float truncated = NearestFloat.toFloat(0, kept, digits);
        return value < 0 ? 0.0f - truncated : truncated;
    }
}
