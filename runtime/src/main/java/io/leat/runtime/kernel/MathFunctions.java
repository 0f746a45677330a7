package io.leat.runtime.kernel;

/**
 * Functions of DOUBLE. A result that is not finite is an error: {@code NUMERIC_OVERFLOW} if it is too large,
 * {@code BAD_ARGUMENT} if the function is not defined there. The same on every JDK, since {@link StrictMath} computes them.
 *
 * <p>{@link #power} and, on later JDKs than 17, the trigonometric functions allocate, because those of the JDK do.
 */
public final class MathFunctions {
    private static final double DEGREES_PER_RADIAN = 180 / Math.PI;
    private static final double LN_2 = StrictMath.log(2);
    /** More than the rounding errors of a logarithm of DOUBLE amount to. */
    private static final double NEAR_WHOLE = 1e-9;

    private MathFunctions() {}

    public static double pi() {
        return Math.PI;
    }

    public static double power(double base, double exponent) {
        double result = StrictMath.pow(base, exponent);
        if (!(Math.abs(result) <= Double.MAX_VALUE)) {
            if (Double.isNaN(result) || base == 0) {
                throw undefined("POWER", base, exponent);
            }
            throw Errors.castOverflow("POWER(" + text(base) + ", " + text(exponent) + ")", "DOUBLE");
        }
        return result;
    }

    public static double sqrt(double value) {
        if (value < 0) {
            throw undefined("SQRT", value);
        }
        return Math.sqrt(value); // exact by its definition, so the same everywhere
    }

    public static double cbrt(double value) {
        return StrictMath.cbrt(value);
    }

    public static double exp(double value) {
        return finite(StrictMath.exp(value), "EXP", value);
    }

    public static double ln(double value) {
        if (value <= 0) {
            throw undefined("LN", value);
        }
        return StrictMath.log(value);
    }

    public static double log10(double value) {
        if (value <= 0) {
            throw undefined("LOG10", value);
        }
        return StrictMath.log10(value);
    }

    /** Exact for powers of two. */
    public static double log2(double value) {
        if (value <= 0) {
            throw undefined("LOG2", value);
        }
        int exponent = Math.getExponent(value);
        if (exponent < Double.MIN_EXPONENT) {
            return log2(value * 0x1p54) - 54; // a subnormal has no exponent of its own
        }
        return exponent + StrictMath.log(Math.scalb(value, -exponent)) / LN_2;
    }

    /** The logarithm of {@code value} to {@code base}: exact where the result is whole and its power is exact, too. */
    public static double log(double base, double value) {
        if (base <= 0 || base == 1 || value <= 0) {
            throw undefined("LOG", base, value);
        }
        double quotient = StrictMath.log(value) / StrictMath.log(base);
        double whole = Math.rint(quotient);
        boolean isNear = Math.abs(quotient - whole) < NEAR_WHOLE;
        return isNear && StrictMath.pow(base, whole) == value ? whole + 0.0 : quotient;
    }

    public static double sin(double value) {
        return StrictMath.sin(value);
    }

    public static double cos(double value) {
        return StrictMath.cos(value);
    }

    public static double tan(double value) {
        return StrictMath.tan(value);
    }

    public static double asin(double value) {
        if (Math.abs(value) > 1) {
            throw undefined("ASIN", value);
        }
        return StrictMath.asin(value);
    }

    public static double acos(double value) {
        if (Math.abs(value) > 1) {
            throw undefined("ACOS", value);
        }
        return StrictMath.acos(value);
    }

    public static double atan(double value) {
        return StrictMath.atan(value);
    }

    public static double atan2(double y, double x) {
        return StrictMath.atan2(y, x);
    }

    public static double sinh(double value) {
        return finite(StrictMath.sinh(value), "SINH", value);
    }

    public static double cosh(double value) {
        return finite(StrictMath.cosh(value), "COSH", value);
    }

    public static double tanh(double value) {
        return StrictMath.tanh(value);
    }

    public static double radians(double degrees) {
        return degrees / DEGREES_PER_RADIAN;
    }

    public static double degrees(double radians) {
        return finite(radians * DEGREES_PER_RADIAN, "DEGREES", radians);
    }

    // ---- sign: -1, 0 or 1

    /** Of every integer type, and of a decimal of up to 18 digits. */
    public static int signInt64(long value) {
        return Long.signum(value);
    }

    public static int signInt128(long high, long low) {
        return (high | low) == 0 ? 0 : high < 0 ? -1 : 1;
    }

    /** Of REAL, too. */
    public static int signFloat64(double value) {
        return value < 0 ? -1 : value > 0 ? 1 : 0;
    }

    private static double finite(double result, String function, double operand) {
        if (!(Math.abs(result) <= Double.MAX_VALUE)) {
            throw Errors.castOverflow(function + "(" + text(operand) + ")", "DOUBLE");
        }
        return result;
    }

    private static RowError undefined(String function, double operand) {
        return Errors.badArgument(function + "(" + text(operand) + ") is not defined");
    }

    private static RowError undefined(String function, double first, double second) {
        return Errors.badArgument(function + "(" + text(first) + ", " + text(second) + ") is not defined");
    }

    private static String text(double operand) {
        return FloatPrinter.text(operand);
    }
}
