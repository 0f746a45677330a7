package io.leat.runtime.kernel;

/**
 * Decimals of up to 18 digits: a {@code long} holds the unscaled value. A result with more digits than its precision is an
 * error; digits that do not fit its scale are rounded half up, away from zero.
 *
 * <p>{@code precision} and {@code scale} are those of the result. Wider results: {@link Int128}.
 */
public final class Decimals {
    private Decimals() {}

    /** The sum of two decimals of the result's scale. */
    public static long addDecimal(long left, long right, int precision, int scale) {
        long sum = left + right;
        if (Math.abs(sum) >= PowersOfTen.asLong(precision)) {
            throw overflow(left, "+", right, precision, scale);
        }
        return sum;
    }

    /** The difference of two decimals of the result's scale. */
    public static long subtractDecimal(long left, long right, int precision, int scale) {
        long difference = left - right;
        if (Math.abs(difference) >= PowersOfTen.asLong(precision)) {
            throw overflow(left, "-", right, precision, scale);
        }
        return difference;
    }

    /** The product; its scale is the sum of the operands' scales, or less, and is then rounded to. */
    public static long multiplyDecimal(long left, int leftScale, long right, int rightScale, int precision, int scale) {
        long product = left * right;
        if (Math.multiplyHigh(left, right) != product >> 63) {
            return multiplyWide(left, leftScale, right, rightScale, precision, scale);
        }
        int surplus = leftScale + rightScale - scale;
        if (surplus > 0) {
            product = dropDigits(product, surplus);
        }
        if (outside(product, precision)) {
            throw overflow(left, leftScale, "*", right, rightScale, precision, scale);
        }
        return product;
    }

    private static long multiplyWide(long left, int leftScale, long right, int rightScale, int precision, int scale) {
        int surplus = leftScale + rightScale - scale;
        long high = Wide.multiplyHigh(Math.abs(left), Math.abs(right));
        long low = left * right;
        long magnitude = -1;
        if (surplus > 0) {
            // Less than 10^36 in all, so that what 10^18 leaves fits a long.
            int first = Math.min(surplus, PowersOfTen.MAX_LONG);
            long absoluteLow = (left ^ right) < 0 ? -low : low;
            magnitude = quotientHalfUp(high, absoluteLow, PowersOfTen.asLong(first), surplus == first);
            if (surplus > first && magnitude >= 0) {
                magnitude = divideHalfUp(magnitude, PowersOfTen.asLong(surplus - first));
            }
        }
        if (magnitude < 0 || outside(magnitude, precision)) {
            throw overflow(left, leftScale, "*", right, rightScale, precision, scale);
        }
        return (left ^ right) < 0 ? -magnitude : magnitude;
    }

    /** The quotient, rounded half up. */
    public static long divideDecimal(long left, int leftScale, long right, int rightScale, int precision, int scale) {
        if (right == 0) {
            throw Errors.divisionByZero(Errors.decimal(left, leftScale), "/");
        }
        int digits = scale - leftScale + rightScale;
        if (digits >= 0 && digits <= PowersOfTen.MAX_LONG) {
            long power = PowersOfTen.asLong(digits);
            long scaled = left * power;
            if (Math.multiplyHigh(left, power) == scaled >> 63) {
                long quotient = divideHalfUp(scaled, right);
                if (outside(quotient, precision)) {
                    throw overflow(left, leftScale, "/", right, rightScale, precision, scale);
                }
                return quotient;
            }
        }
        return divideWide(left, leftScale, right, rightScale, precision, scale);
    }

    private static long divideWide(long left, int leftScale, long right, int rightScale, int precision, int scale) {
        int digits = scale - leftScale + rightScale;
        long magnitude;
        if (digits < 0) {
            // Half of a power of ten is whole, so the digits that the first division cuts off cannot change the
            // rounding.
            magnitude = divideHalfUp(Math.abs(left) / Math.abs(right), PowersOfTen.asLong(-digits));
        } else {
            magnitude = scaledQuotient(Math.abs(left), digits, Math.abs(right));
        }
        if (magnitude < 0 || outside(magnitude, precision)) {
            throw overflow(left, leftScale, "/", right, rightScale, precision, scale);
        }
        return (left ^ right) < 0 ? -magnitude : magnitude;
    }

    /** {@code left * 10^digits / right}, rounded half up, or -1 if it does not fit. */
    private static long scaledQuotient(long left, int digits, long right) {
        if (left == 0) {
            return 0;
        }
        if (digits > 2 * PowersOfTen.MAX_LONG) {
            return -1; // 10^37 or more, by less than 10^18
        }
        int first = Math.min(digits, PowersOfTen.MAX_LONG);
        long power = PowersOfTen.asLong(first);
        long high = Math.multiplyHigh(left, power);
        long low = left * power;
        if (digits > first) {
            power = PowersOfTen.asLong(digits - first);
            long carry = Wide.multiplyHigh(low, power);
            if (Math.multiplyHigh(high, power) != 0) {
                return -1;
            }
            high = high * power + carry;
            low *= power;
            if (Wide.less(high, carry)) {
                return -1;
            }
        }
        return quotientHalfUp(high, low, right, true);
    }

    /** The quotient of unsigned numbers, rounded or cut off, or -1 if it does not fit. */
    private static long quotientHalfUp(long high, long low, long divisor, boolean rounded) {
        if (!Wide.less(high, divisor)) {
            return -1;
        }
        long quotient = WideDivision.quotient(high, low, divisor);
        long rest = low - quotient * divisor;
        long result = rounded && rest >= divisor - rest ? quotient + 1 : quotient;
        return quotient < 0 ? -1 : result;
    }

    /** The remainder of two decimals of one scale; it has the sign of the dividend. */
    public static long remainderDecimal(long left, long right, int scale) {
        if (right == 0) {
            throw Errors.divisionByZero(Errors.decimal(left, scale), "%");
        }
        return left % right;
    }

    public static long negateDecimal(long value) {
        return -value;
    }

    public static long absoluteDecimal(long value) {
        return Math.abs(value);
    }

    /** The same number with {@code scale} digits after the point instead of {@code fromScale}. */
    public static long rescaleDecimal(long value, int fromScale, int precision, int scale) {
        int digits = scale - fromScale;
        if (digits >= 0) {
            if (Math.abs(value) >= PowersOfTen.asLong(precision - digits)) {
                throw castOverflow(value, fromScale, precision, scale);
            }
            return value * PowersOfTen.asLong(digits);
        }
        long rounded = divideHalfUp(value, PowersOfTen.asLong(-digits));
        if (Math.abs(rounded) >= PowersOfTen.asLong(precision)) {
            throw castOverflow(value, fromScale, precision, scale);
        }
        return rounded;
    }

    /**
     * {@code value / 10^digits} for up to 36 digits, rounded half up. Half of a power of ten is whole, so what a first,
     * truncating division cuts off cannot change the rounding of the second.
     */
    static long dropDigits(long value, int digits) {
        if (digits > PowersOfTen.MAX_LONG) {
            return divideHalfUp(
                    value / PowersOfTen.asLong(PowersOfTen.MAX_LONG),
                    PowersOfTen.asLong(digits - PowersOfTen.MAX_LONG));
        }
        return divideHalfUp(value, PowersOfTen.asLong(digits));
    }

    /** The quotient, rounded to the nearest integer and halves away from zero. */
    static long divideHalfUp(long dividend, long divisor) {
        long quotient = dividend / divisor;
        long rest = Math.abs(dividend - quotient * divisor);
        if (rest < Math.abs(divisor) - rest) {
            return quotient;
        }
        return (dividend ^ divisor) < 0 ? quotient - 1 : quotient + 1;
    }

    private static boolean outside(long value, int precision) {
        long bound = PowersOfTen.asLong(precision);
        return value >= bound || value <= -bound;
    }

    private static RowError castOverflow(long value, int fromScale, int precision, int scale) {
        return Errors.castOverflow(Errors.decimal(value, fromScale), Errors.decimalType(precision, scale));
    }

    private static RowError overflow(long left, String operator, long right, int precision, int scale) {
        return overflow(left, scale, operator, right, scale, precision, scale);
    }

    private static RowError overflow(
            long left, int leftScale, String operator, long right, int rightScale, int precision, int scale) {
        String operation = Errors.decimal(left, leftScale) + " " + operator + " " + Errors.decimal(right, rightScale);
        return Errors.castOverflow(operation, Errors.decimalType(precision, scale));
    }
}
