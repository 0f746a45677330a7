package io.leat.runtime.kernel;

import io.leat.runtime.batch.Int128Result;

/**
 * ROUND, TRUNCATE, CEIL and FLOOR of decimals. The scale stays; the digits behind the first {@code digits} ones after the point
 * become zero, or, for negative {@code digits}, some before it. Halves are rounded away from zero. A result with more digits than
 * the precision is an error ({@code NUMERIC_OVERFLOW}). Nothing allocates.
 */
public final class DecimalRounding {
    private static final int ROUND = 0;
    private static final int TRUNCATE = 1;
    private static final int CEIL = 2;
    private static final int FLOOR = 3;

    private DecimalRounding() {}

    public static long roundDecimal(long value, int digits, int precision, int scale) {
        return drop(value, scale - (long) digits, ROUND, precision, scale);
    }

    public static long truncateDecimal(long value, int digits, int precision, int scale) {
        return drop(value, scale - (long) digits, TRUNCATE, precision, scale);
    }

    public static long ceilDecimal(long value, int digits, int precision, int scale) {
        return drop(value, scale - (long) digits, CEIL, precision, scale);
    }

    public static long floorDecimal(long value, int digits, int precision, int scale) {
        return drop(value, scale - (long) digits, FLOOR, precision, scale);
    }

    public static void roundInt128(long high, long low, int digits, int precision, int scale, Int128Result result) {
        drop(high, low, scale - (long) digits, ROUND, precision, scale, result);
    }

    public static void truncateInt128(long high, long low, int digits, int precision, int scale, Int128Result result) {
        drop(high, low, scale - (long) digits, TRUNCATE, precision, scale, result);
    }

    public static void ceilInt128(long high, long low, int digits, int precision, int scale, Int128Result result) {
        drop(high, low, scale - (long) digits, CEIL, precision, scale, result);
    }

    public static void floorInt128(long high, long low, int digits, int precision, int scale, Int128Result result) {
        drop(high, low, scale - (long) digits, FLOOR, precision, scale, result);
    }

    /** Makes the last {@code count} digits zero. */
    private static long drop(long value, long count, int mode, int precision, int scale) {
        if (count <= 0) {
            return value;
        }
        // From 19 digits on all of them go, and a digit that comes up stands outside any precision.
        long power = PowersOfTen.asLong((int) Math.min(count, PowersOfTen.MAX_LONG));
        boolean all = count > PowersOfTen.MAX_LONG;
        long rest = all ? value : value % power;
        boolean up = goesUp(value < 0, rest != 0, !all && Math.abs(rest) >= power - Math.abs(rest), mode);
        long rounded = value - rest + (up ? (value < 0 ? -power : power) : 0);
        if ((all && up) || Math.abs(rounded) >= PowersOfTen.asLong(precision)) {
            throw Errors.castOverflow(
                    Errors.decimal(value, scale) + " when rounded", Errors.decimalType(precision, scale));
        }
        return rounded;
    }

    /** Whether the magnitude grows. */
    private static boolean goesUp(boolean negative, boolean inexact, boolean halfOrMore, int mode) {
        return switch (mode) {
            case ROUND -> halfOrMore;
            case CEIL -> inexact && !negative;
            case FLOOR -> inexact && negative;
            default -> false;
        };
    }

    private static void drop(long high, long low, long count, int mode, int precision, int scale, Int128Result result) {
        if (count <= 0) {
            result.set(high, low);
            return;
        }
        long magnitudeHigh = Wide.magnitudeHigh(high, low);
        long magnitudeLow = Wide.magnitudeLow(high, low);
        boolean all = count > PowersOfTen.MAX_WIDE;
        int digits = (int) Math.min(count, PowersOfTen.MAX_WIDE);
        long powerHigh = PowersOfTen.high(digits);
        long powerLow = PowersOfTen.low(digits);
        result.set(0, 0);
        if (!all) {
            WideDivision.divide(0, 0, magnitudeHigh, magnitudeLow, powerHigh, powerLow, result);
        }
        long quotientHigh = result.high;
        long quotientLow = result.low;
        Wide.setRest(magnitudeHigh, magnitudeLow, powerHigh, powerLow, result);
        boolean inexact = (result.high | result.low) != 0;
        boolean halfOrMore = !all && Wide.isHalfOrMore(result.high, result.low, powerHigh, powerLow);
        boolean up = goesUp(high < 0, inexact, halfOrMore, mode);
        if (up) {
            quotientLow++;
            quotientHigh += quotientLow == 0 ? 1 : 0;
        }
        Wide.multiply(quotientHigh, quotientLow, powerHigh, powerLow, result);
        if ((all && up) || Wide.exceeds(result.high, result.low, precision)) {
            throw Errors.castOverflow(
                    Errors.decimal(high, low, scale) + " when rounded", Errors.decimalType(precision, scale));
        }
        Wide.setSign(high, result);
    }
}
