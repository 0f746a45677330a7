package io.leat.compiler.oracle;

import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntegerType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers in boxes: {@code Long}, {@code Float}, {@code Double}, {@code BigDecimal}. What does not fit its type has no value. */
final class Numbers {
    private Numbers() {}

    /** The exact value; of a float that of its shortest digits, which is how it prints. */
    static BigDecimal exact(Object value) {
        if (value instanceof Float real) {
            return shortest(new BigDecimal(real), digits -> digits.floatValue() == real);
        }
        if (value instanceof Double real) {
            return shortest(new BigDecimal(real), digits -> digits.doubleValue() == real);
        }
        return value instanceof BigDecimal number ? number : BigDecimal.valueOf((Long) value);
    }

    private static BigDecimal shortest(BigDecimal value, java.util.function.Predicate<BigDecimal> isSame) {
        for (int digits = 1; digits <= 17; digits++) {
            BigDecimal rounded = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (isSame.test(rounded)) {
                return rounded;
            }
        }
        throw new IllegalStateException("no digits for " + value);
    }

    /** A whole number as a value of an integer type. */
    static Long integer(BigInteger value, int bits) {
        if (value.bitLength() >= bits) {
            throw new NoValue(value + " is out of range");
        }
        return value.longValueExact();
    }

    static Long integer(BigInteger value, Type type) {
        return integer(value, ((IntegerType) type).bits());
    }

    static Long bigint(BigInteger value) {
        return integer(value, 64);
    }

    /** A number as a decimal, rounded half up. */
    static BigDecimal decimal(BigDecimal value, DecimalType type) {
        BigDecimal rounded = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > type.precision() && rounded.signum() != 0) {
            throw new NoValue(value + " does not fit " + type.sql());
        }
        return rounded;
    }

    /** The result of floating-point arithmetic. */
    static Object real(double value, Type type) {
        boolean single = ((FloatType) type).bits() == 32;
        double result = single ? (float) value : value;
        if (!Double.isFinite(result)) {
            throw new NoValue("out of range");
        }
        return single ? (Object) (float) (result + 0.0) : (Object) (result + 0.0);
    }

    /** {@code +}, {@code -}, {@code *}, {@code /} or {@code %} of two numbers of one kind. */
    static Object arithmetic(String operator, Object left, Object right, Type type) {
        if (type instanceof FloatType) {
            return floats(operator, ((Number) left).doubleValue(), ((Number) right).doubleValue(), type);
        }
        BigDecimal a = exact(left);
        BigDecimal b = exact(right);
        boolean divides = operator.equals("/") || operator.equals("%");
        if (divides && b.signum() == 0) {
            throw new NoValue("division by zero");
        }
        if (type instanceof DecimalType decimal) {
            return operator.equals("/")
                    ? decimal(a.divide(b, decimal.scale(), RoundingMode.HALF_UP), decimal)
                    : decimal(exactly(operator, a, b), decimal);
        }
        BigDecimal result = operator.equals("/")
                ? new BigDecimal(a.toBigInteger().divide(b.toBigInteger()))
                : exactly(operator, a, b);
        return integer(result.toBigIntegerExact(), type);
    }

    private static BigDecimal exactly(String operator, BigDecimal a, BigDecimal b) {
        return switch (operator) {
            case "+" -> a.add(b);
            case "-" -> a.subtract(b);
            case "*" -> a.multiply(b);
            case "%" -> a.remainder(b);
            default -> throw new Refusal("operator " + operator);
        };
    }

    private static Object floats(String operator, double a, double b, Type type) {
        if (b == 0 && (operator.equals("/") || operator.equals("%"))) {
            throw new NoValue("division by zero");
        }
        // A sum, product or quotient of two REALs, rounded to DOUBLE and then to REAL, is rounded correctly.
        return real(
                switch (operator) {
                    case "+" -> a + b;
                    case "-" -> a - b;
                    case "*" -> a * b;
                    case "/" -> a / b;
                    case "%" -> a % b;
                    default -> throw new Refusal("operator " + operator);
                },
                type);
    }

    /** A number rounded to so many digits behind the point, or, for negative ones, before it. */
    static Object rounded(Object value, long digits, RoundingMode mode, Type type) {
        int scale = (int) Math.max(-400, Math.min(400, digits));
        BigDecimal exact = exact(value);
        BigDecimal rounded = scale >= exact.scale() ? exact : exact.setScale(scale, mode);
        if (type instanceof FloatType) {
            return real(rounded.doubleValue(), type);
        }
        return type instanceof DecimalType decimal
                ? decimal(rounded, decimal)
                : integer(rounded.toBigIntegerExact(), type);
    }

    static Object negated(Object value, Type type) {
        if (type instanceof FloatType) {
            return real(-((Number) value).doubleValue(), type);
        }
        return type instanceof DecimalType decimal
                ? decimal(exact(value).negate(), decimal)
                : integer(BigInteger.valueOf((Long) value).negate(), type);
    }
}
