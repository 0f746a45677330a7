package io.leat.runtime.kernel;

/**
 * The arithmetic of integers and floats. A result outside the type is an error, never a wrapped number or an infinity; division
 * and remainder by zero are errors for floats, too.
 *
 * <p>TINYINT, SMALLINT and INT are all Java {@code int}; the name says against which range the result is checked. Operands are
 * in range, and floats are finite. Decimals: {@link Decimals} and {@link Int128}.
 */
public final class Arithmetic {
    private static final String TINYINT = "TINYINT";
    private static final String SMALLINT = "SMALLINT";
    private static final String INT = "INT";
    private static final String BIGINT = "BIGINT";
    private static final String REAL = "REAL";
    private static final String DOUBLE = "DOUBLE";

    private Arithmetic() {}

    // ---- add

    public static int addInt8(int left, int right) {
        int sum = left + right;
        if (sum != (byte) sum) {
            throw Errors.outOfRange(left, "+", right, TINYINT);
        }
        return sum;
    }

    public static int addInt16(int left, int right) {
        int sum = left + right;
        if (sum != (short) sum) {
            throw Errors.outOfRange(left, "+", right, SMALLINT);
        }
        return sum;
    }

    public static int addInt32(int left, int right) {
        int sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw Errors.outOfRange(left, "+", right, INT);
        }
        return sum;
    }

    public static long addInt64(long left, long right) {
        long sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw Errors.outOfRange(left, "+", right, BIGINT);
        }
        return sum;
    }

    public static float addFloat32(float left, float right) {
        float sum = left + right;
        if (Math.abs(sum) > Float.MAX_VALUE) {
            throw Errors.outOfRange(left, "+", right, REAL);
        }
        return sum;
    }

    public static double addFloat64(double left, double right) {
        double sum = left + right;
        if (Math.abs(sum) > Double.MAX_VALUE) {
            throw Errors.outOfRange(left, "+", right, DOUBLE);
        }
        return sum;
    }

    // ---- subtract

    public static int subtractInt8(int left, int right) {
        int difference = left - right;
        if (difference != (byte) difference) {
            throw Errors.outOfRange(left, "-", right, TINYINT);
        }
        return difference;
    }

    public static int subtractInt16(int left, int right) {
        int difference = left - right;
        if (difference != (short) difference) {
            throw Errors.outOfRange(left, "-", right, SMALLINT);
        }
        return difference;
    }

    public static int subtractInt32(int left, int right) {
        int difference = left - right;
        if (((left ^ right) & (left ^ difference)) < 0) {
            throw Errors.outOfRange(left, "-", right, INT);
        }
        return difference;
    }

    public static long subtractInt64(long left, long right) {
        long difference = left - right;
        if (((left ^ right) & (left ^ difference)) < 0) {
            throw Errors.outOfRange(left, "-", right, BIGINT);
        }
        return difference;
    }

    public static float subtractFloat32(float left, float right) {
        float difference = left - right;
        if (Math.abs(difference) > Float.MAX_VALUE) {
            throw Errors.outOfRange(left, "-", right, REAL);
        }
        return difference;
    }

    public static double subtractFloat64(double left, double right) {
        double difference = left - right;
        if (Math.abs(difference) > Double.MAX_VALUE) {
            throw Errors.outOfRange(left, "-", right, DOUBLE);
        }
        return difference;
    }

    // ---- multiply

    public static int multiplyInt8(int left, int right) {
        int product = left * right;
        if (product != (byte) product) {
            throw Errors.outOfRange(left, "*", right, TINYINT);
        }
        return product;
    }

    public static int multiplyInt16(int left, int right) {
        int product = left * right;
        if (product != (short) product) {
            throw Errors.outOfRange(left, "*", right, SMALLINT);
        }
        return product;
    }

    public static int multiplyInt32(int left, int right) {
        long product = (long) left * right;
        if (product != (int) product) {
            throw Errors.outOfRange(left, "*", right, INT);
        }
        return (int) product;
    }

    public static long multiplyInt64(long left, long right) {
        long product = left * right;
        if (Math.multiplyHigh(left, right) != product >> 63) {
            throw Errors.outOfRange(left, "*", right, BIGINT);
        }
        return product;
    }

    public static float multiplyFloat32(float left, float right) {
        float product = left * right;
        if (Math.abs(product) > Float.MAX_VALUE) {
            throw Errors.outOfRange(left, "*", right, REAL);
        }
        return product;
    }

    public static double multiplyFloat64(double left, double right) {
        double product = left * right;
        if (Math.abs(product) > Double.MAX_VALUE) {
            throw Errors.outOfRange(left, "*", right, DOUBLE);
        }
        return product;
    }

    // ---- divide: integers truncate towards zero

    public static int divideInt8(int left, int right) {
        int quotient = divideInt32(left, right);
        if (quotient != (byte) quotient) {
            throw Errors.outOfRange(left, "/", right, TINYINT);
        }
        return quotient;
    }

    public static int divideInt16(int left, int right) {
        int quotient = divideInt32(left, right);
        if (quotient != (short) quotient) {
            throw Errors.outOfRange(left, "/", right, SMALLINT);
        }
        return quotient;
    }

    public static int divideInt32(int left, int right) {
        if (right == 0) {
            throw Errors.divisionByZero(left, "/");
        }
        if (left == Integer.MIN_VALUE && right == -1) {
            throw Errors.outOfRange(left, "/", right, INT);
        }
        return left / right;
    }

    public static long divideInt64(long left, long right) {
        if (right == 0) {
            throw Errors.divisionByZero(left, "/");
        }
        if (left == Long.MIN_VALUE && right == -1) {
            throw Errors.outOfRange(left, "/", right, BIGINT);
        }
        return left / right;
    }

    public static float divideFloat32(float left, float right) {
        float quotient = left / right;
        if (!(Math.abs(quotient) <= Float.MAX_VALUE)) { // NaN, too: 0 / 0
            throw badQuotient(left, right);
        }
        return quotient;
    }

    public static double divideFloat64(double left, double right) {
        double quotient = left / right;
        if (!(Math.abs(quotient) <= Double.MAX_VALUE)) { // NaN, too: 0 / 0
            throw badQuotient(left, right);
        }
        return quotient;
    }

    private static RowError badQuotient(float left, float right) {
        return right == 0 ? Errors.divisionByZero(left, "/") : Errors.outOfRange(left, "/", right, REAL);
    }

    private static RowError badQuotient(double left, double right) {
        return right == 0 ? Errors.divisionByZero(left, "/") : Errors.outOfRange(left, "/", right, DOUBLE);
    }

    // ---- remainder: the sign of the dividend; it is never out of range

    public static int remainderInt8(int left, int right) {
        return remainderInt32(left, right);
    }

    public static int remainderInt16(int left, int right) {
        return remainderInt32(left, right);
    }

    public static int remainderInt32(int left, int right) {
        if (right == 0) {
            throw Errors.divisionByZero(left, "%");
        }
        return left % right;
    }

    public static long remainderInt64(long left, long right) {
        if (right == 0) {
            throw Errors.divisionByZero(left, "%");
        }
        return left % right;
    }

    public static float remainderFloat32(float left, float right) {
        if (right == 0) {
            throw Errors.divisionByZero(left, "%");
        }
        return left % right;
    }

    public static double remainderFloat64(double left, double right) {
        if (right == 0) {
            throw Errors.divisionByZero(left, "%");
        }
        return left % right;
    }

    // ---- negate, absolute: the smallest integer of a type has no counterpart

    public static int negateInt8(int value) {
        if (value == Byte.MIN_VALUE) {
            throw Errors.castOverflow(negated(value), TINYINT);
        }
        return -value;
    }

    public static int negateInt16(int value) {
        if (value == Short.MIN_VALUE) {
            throw Errors.castOverflow(negated(value), SMALLINT);
        }
        return -value;
    }

    public static int negateInt32(int value) {
        if (value == Integer.MIN_VALUE) {
            throw Errors.castOverflow(negated(value), INT);
        }
        return -value;
    }

    public static long negateInt64(long value) {
        if (value == Long.MIN_VALUE) {
            throw Errors.castOverflow(negated(value), BIGINT);
        }
        return -value;
    }

    private static String negated(long value) {
        return "-(" + value + ")";
    }

    /** 0 stays 0: there is no negative zero to be seen. */
    public static float negateFloat32(float value) {
        return 0.0f - value;
    }

    /** 0 stays 0: there is no negative zero to be seen. */
    public static double negateFloat64(double value) {
        return 0.0 - value;
    }

    public static int absoluteInt8(int value) {
        return value < 0 ? negateInt8(value) : value;
    }

    public static int absoluteInt16(int value) {
        return value < 0 ? negateInt16(value) : value;
    }

    public static int absoluteInt32(int value) {
        return value < 0 ? negateInt32(value) : value;
    }

    public static long absoluteInt64(long value) {
        return value < 0 ? negateInt64(value) : value;
    }

    public static float absoluteFloat32(float value) {
        return Math.abs(value);
    }

    public static double absoluteFloat64(double value) {
        return Math.abs(value);
    }

    // ---- order and normal form of floats

    /** -1, 0 or 1. Unlike {@code Double.compare}, -0.0 equals 0.0, as {@code =} in a query has it. */
    public static int compareFloat32(float left, float right) {
        return left < right ? -1 : left > right ? 1 : 0;
    }

    /** -1, 0 or 1. Unlike {@code Double.compare}, -0.0 equals 0.0, as {@code =} in a query has it. */
    public static int compareFloat64(double left, double right) {
        return left < right ? -1 : left > right ? 1 : 0;
    }

    /** The one form of a number that keys are stored in: -0.0 becomes 0.0. */
    public static float normalFloat32(float value) {
        return value + 0.0f;
    }

    /** The one form of a number that keys are stored in: -0.0 becomes 0.0. */
    public static double normalFloat64(double value) {
        return value + 0.0;
    }
}
