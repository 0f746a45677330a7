package io.leat.compiler.oracle;

import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.TimestampType;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions of numbers. */
final class NumberCalls {
    private NumberCalls() {}

    private static Object atMostOne(long rows) {
        if (rows > 1) {
            throw new NoValue("more than one row");
        }
        return true;
    }

    static Optional<Object> call(String name, List<Object> values, List<Type> types, Type type) {
        // CEIL and FLOOR of times have a unit.
        if (!types.isEmpty() && (types.get(0) instanceof TimestampType || types.get(0) instanceof Type.DateType)) {
            return Optional.empty();
        }
        return switch (name) {
            case "ABS" ->
                Optional.of(
                        Numbers.exact(values.get(0)).signum() < 0
                                ? Numbers.negated(values.get(0), type)
                                : values.get(0));
            case "AT_MOST_ONE" -> Optional.of(atMostOne((Long) values.get(0)));
            case "SIGN" -> Optional.of((long) Numbers.exact(values.get(0)).signum());
            case "CEIL", "CEILING" -> Optional.of(rounded(values, RoundingMode.CEILING, type));
            case "FLOOR" -> Optional.of(rounded(values, RoundingMode.FLOOR, type));
            case "ROUND" -> Optional.of(rounded(values, RoundingMode.HALF_UP, type));
            case "TRUNCATE", "TRUNC" -> Optional.of(rounded(values, RoundingMode.DOWN, type));
            case "PI" -> Optional.of(Math.PI);
            case "LOG" ->
                Optional.of(
                        values.size() == 1
                                ? unary(Math::log, values, 0, Double.MAX_VALUE, true)
                                : logarithm((Double) values.get(0), (Double) values.get(1)));
            default -> real(name, values);
        };
    }

    private static Object rounded(List<Object> values, RoundingMode mode, Type type) {
        long digits = values.size() == 1 ? 0 : (Long) values.get(1);
        Object value = values.get(0);
        return type instanceof DecimalType decimal && digits >= decimal.scale()
                ? Numbers.decimal(Numbers.exact(value), decimal)
                : Numbers.rounded(value, digits, mode, type);
    }

    private static Optional<Object> real(String name, List<Object> values) {
        double all = Double.MAX_VALUE;
        return switch (name) {
            case "SQRT" -> Optional.of(unary(Math::sqrt, values, 0, all, false));
            case "CBRT" -> Optional.of(unary(Math::cbrt, values, -all, all, false));
            case "EXP" -> Optional.of(unary(Math::exp, values, -all, all, false));
            case "LN" -> Optional.of(unary(Math::log, values, 0, all, true));
            case "LOG10" -> Optional.of(unary(Math::log10, values, 0, all, true));
            case "LOG2" -> Optional.of(unary(value -> logarithm(2, value), values, 0, all, true));
            case "SIN" -> Optional.of(unary(Math::sin, values, -all, all, false));
            case "COS" -> Optional.of(unary(Math::cos, values, -all, all, false));
            case "TAN" -> Optional.of(unary(Math::tan, values, -all, all, false));
            case "ASIN" -> Optional.of(unary(Math::asin, values, -1, 1, false));
            case "ACOS" -> Optional.of(unary(Math::acos, values, -1, 1, false));
            case "ATAN" -> Optional.of(unary(Math::atan, values, -all, all, false));
            case "SINH" -> Optional.of(unary(Math::sinh, values, -all, all, false));
            case "COSH" -> Optional.of(unary(Math::cosh, values, -all, all, false));
            case "TANH" -> Optional.of(unary(Math::tanh, values, -all, all, false));
            case "RADIANS" -> Optional.of(unary(value -> value / 180 * Math.PI, values, -all, all, false));
            case "DEGREES" -> Optional.of(unary(value -> value * 180 / Math.PI, values, -all, all, false));
            case "ATAN2" -> Optional.of(binary(Math::atan2, values));
            case "POWER", "POW" -> Optional.of(binary(Math::pow, values));
            default -> Optional.empty();
        };
    }

    private static Object unary(
            DoubleUnaryOperator function, List<Object> values, double from, double to, boolean withoutFrom) {
        double value = (Double) values.get(0);
        if (value < from || value > to || withoutFrom && value == from) {
            throw new NoValue("not defined at " + value);
        }
        return Numbers.real(function.applyAsDouble(value), Type.DOUBLE);
    }

    private static Object binary(DoubleBinaryOperator function, List<Object> values) {
        return Numbers.real(function.applyAsDouble((Double) values.get(0), (Double) values.get(1)), Type.DOUBLE);
    }

    /** The logarithm, whole where that is exact. */
    private static double logarithm(double base, double value) {
        if (base <= 0 || base == 1 || value <= 0) {
            throw new NoValue("no logarithm");
        }
        double quotient = Math.log(value) / Math.log(base);
        return Math.pow(base, Math.rint(quotient)) == value ? Math.rint(quotient) : quotient;
    }
}
