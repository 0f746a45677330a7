package io.leat.runtime.kernel;

/**
 * Casts between integers and floats. A number outside the target type is an error; a float becomes the nearest integer, halves
 * to even; an integer becomes the nearest float.
 *
 * <p>A cast that cannot fail and is a Java widening, such as INT to BIGINT, has no kernel. Decimals: {@link DecimalCasts}.
 */
public final class Casts {
    private static final double TWO_TO_63 = 0x1p63;

    private Casts() {}

    public static int int64ToInt8(long value) {
        if (value != (byte) value) {
            throw Errors.castOverflow(value, "TINYINT");
        }
        return (int) value;
    }

    public static int int64ToInt16(long value) {
        if (value != (short) value) {
            throw Errors.castOverflow(value, "SMALLINT");
        }
        return (int) value;
    }

    public static int int64ToInt32(long value) {
        if (value != (int) value) {
            throw Errors.castOverflow(value, "INT");
        }
        return (int) value;
    }

    public static int float64ToInt8(double value) {
        double nearest = Math.rint(value);
        if (nearest < Byte.MIN_VALUE || nearest > Byte.MAX_VALUE) {
            throw outOfRange(value, "TINYINT");
        }
        return (int) nearest;
    }

    public static int float64ToInt16(double value) {
        double nearest = Math.rint(value);
        if (nearest < Short.MIN_VALUE || nearest > Short.MAX_VALUE) {
            throw outOfRange(value, "SMALLINT");
        }
        return (int) nearest;
    }

    public static int float64ToInt32(double value) {
        double nearest = Math.rint(value);
        if (nearest < Integer.MIN_VALUE || nearest > Integer.MAX_VALUE) {
            throw outOfRange(value, "INT");
        }
        return (int) nearest;
    }

    public static long float64ToInt64(double value) {
        double nearest = Math.rint(value);
        if (nearest < -TWO_TO_63 || nearest >= TWO_TO_63) {
            throw outOfRange(value, "BIGINT");
        }
        return (long) nearest;
    }

    public static float float64ToFloat32(double value) {
        float nearest = (float) value;
        if (Math.abs(nearest) > Float.MAX_VALUE) {
            throw outOfRange(value, "REAL");
        }
        return nearest;
    }

    public static int booleanToInt32(boolean value) {
        return value ? 1 : 0;
    }

    /** Every number but 0 is true. */
    public static boolean int64ToBoolean(long value) {
        return value != 0;
    }

    private static RowError outOfRange(double value, String type) {
        return Errors.castOverflow(FloatPrinter.text(value), type);
    }
}
