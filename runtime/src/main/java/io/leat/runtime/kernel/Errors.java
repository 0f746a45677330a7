package io.leat.runtime.kernel;

import io.leat.runtime.kernel.RowError.Reason;
import io.leat.runtime.memory.Memory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Words for errors that many kernels raise. Every method returns the error, so that the kernel's own throw ends its flow. */
final class Errors {
    /** Text beyond this length is cut before it is decoded; {@link RowError#quote} cuts it further. */
    private static final int MAX_QUOTED_BYTES = 1000;

    private Errors() {}

    static RowError outOfRange(long left, String operator, long right, String type) {
        return castOverflow(left + " " + operator + " " + right, type);
    }

    static RowError outOfRange(float left, String operator, float right, String type) {
        return castOverflow(FloatPrinter.text(left) + " " + operator + " " + FloatPrinter.text(right), type);
    }

    static RowError outOfRange(double left, String operator, double right, String type) {
        return castOverflow(FloatPrinter.text(left) + " " + operator + " " + FloatPrinter.text(right), type);
    }

    static RowError overflow(String message) {
        return new RowError(Reason.NUMERIC_OVERFLOW, message);
    }

    static RowError divisionByZero(long left, String operator) {
        return divisionByZero(Long.toString(left), operator);
    }

    static RowError divisionByZero(float left, String operator) {
        return divisionByZero(FloatPrinter.text(left), operator);
    }

    static RowError divisionByZero(double left, String operator) {
        return divisionByZero(FloatPrinter.text(left), operator);
    }

    static RowError divisionByZero(String left, String operator) {
        return new RowError(Reason.DIVISION_BY_ZERO, "division by zero: " + left + " " + operator + " 0");
    }

    static RowError badArgument(String message) {
        return new RowError(Reason.BAD_ARGUMENT, message);
    }

    static RowError badTimestamp(String message) {
        return new RowError(Reason.BAD_TIMESTAMP, message);
    }

    static RowError badCast(long address, int length, String type) {
        return new RowError(Reason.BAD_CAST, quote(address, length) + " is no " + type);
    }

    static RowError castOverflow(long value, String type) {
        return castOverflow(Long.toString(value), type);
    }

    static RowError castOverflow(String value, String type) {
        return overflow(value + " is out of range for " + type);
    }

    /** User text in quotes; what is not UTF-8 shows as a replacement character. */
    static String quote(long address, int length) {
        int bytes = Math.min(length, MAX_QUOTED_BYTES);
        return RowError.quote(new String(Memory.toArray(address, bytes), StandardCharsets.UTF_8));
    }

    /** A decimal for a message. */
    static String decimal(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale).toPlainString();
    }

    /** A wide decimal for a message. */
    static String decimal(long high, long low, int scale) {
        return new BigDecimal(bigInteger(high, low), scale).toPlainString();
    }

    /** The two's complement number as an object: for messages and rare paths. */
    static BigInteger bigInteger(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
    }

    static String decimalType(int precision, int scale) {
        return "DECIMAL(" + precision + ", " + scale + ")";
    }
}
