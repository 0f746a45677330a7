package io.leat.compiler.function;

import io.leat.compiler.function.Overload.Bound;
import io.leat.compiler.function.ScalarFunction.Kernel;
import io.leat.compiler.type.ArithmeticTypes;
import io.leat.compiler.type.Coercion;
import io.leat.compiler.type.Types;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.NullType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import java.util.List;
import java.util.Optional;

/** The arithmetic operators as functions: of numbers, and of dates, times and intervals. */
public final class Operators {
    private Operators() {}

    /** An operator between two values. */
    public enum Binary {
        ADD("+", "add"),
        SUBTRACT("-", "subtract"),
        MULTIPLY("*", "multiply"),
        DIVIDE("/", "divide"),
        REMAINDER("%", "remainder");

        private final String symbol;
        private final String method;

        Binary(String symbol, String method) {
            this.symbol = symbol;
            this.method = method;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** The operator for operands of these types; empty if there is none. */
    public static Optional<Bound> bind(Binary operator, Type left, Type right) {
        Type a = left instanceof NullType ? right : left;
        Type b = right instanceof NullType ? left : right;
        if (a instanceof NullType) {
            return numbers(operator, Type.INT, Type.INT);
        }
        if (Types.isNumeric(a) && Types.isNumeric(b)) {
            return numbers(operator, a, b);
        }
        return times(operator, a, b);
    }

    /** A sign in front of a value; empty if the value has none. */
    public static Optional<Bound> negate(Type type) {
        if (type instanceof NullType) {
            return negate(Type.INT);
        }
        if (Types.isNumeric(type)) {
            return Optional.of(bound(
                    "-",
                    Kernel.of(Kernels.arithmetic(type), "negate" + Kernels.suffix(type)),
                    List.of(type),
                    type,
                    true));
        }
        if (type instanceof IntervalType interval) {
            String suffix = interval.months() ? "Int32" : "Int64";
            return Optional.of(bound("-", Kernel.of("Arithmetic", "negate" + suffix), List.of(type), type, true));
        }
        return Optional.empty();
    }

    private static Bound bound(String name, Kernel kernel, List<Type> arguments, Type result, boolean canFail) {
        return new Bound(new ScalarFunction(name, kernel, canFail, false, true), arguments, result, result);
    }

    private static Optional<Bound> numbers(Binary operator, Type left, Type right) {
        Type common = Coercion.common(left, right).orElseThrow();
        if (!(common instanceof DecimalType)) {
            Kernel kernel = Kernel.of("Arithmetic", operator.method + Kernels.suffix(common));
            return Optional.of(bound(operator.symbol, kernel, List.of(common, common), common, true));
        }
        return decimals(operator, Types.decimalOf(left), Types.decimalOf(right));
    }

    private static Optional<Bound> decimals(Binary operator, DecimalType left, DecimalType right) {
        DecimalType result;
        switch (operator) {
            case ADD, SUBTRACT -> result = ArithmeticTypes.sum(left, right);
            case MULTIPLY -> {
                if (ArithmeticTypes.productScale(left, right) > DecimalType.MAX_PRECISION) {
                    return Optional.empty();
                }
                result = ArithmeticTypes.product(left, right);
            }
            case DIVIDE -> result = ArithmeticTypes.quotient(left, right);
            default -> result = ArithmeticTypes.remainder(left, right);
        }
        boolean sameScale = operator == Binary.ADD || operator == Binary.SUBTRACT || operator == Binary.REMAINDER;
        boolean wide = isWide(left) || isWide(right) || isWide(result);
        DecimalType a = operand(left, sameScale ? result.scale() : left.scale(), wide);
        DecimalType b = operand(right, sameScale ? result.scale() : right.scale(), wide);
        if (isWide(a) || isWide(b)) {
            wide = true;
            a = operand(left, a.scale(), true);
            b = operand(right, b.scale(), true);
        }
        DecimalType kernelResult = wide && !isWide(result) ? widened(result) : result;
        String size = kernelResult.precision() + ", " + kernelResult.scale();
        String arguments = switch (operator) {
            case ADD, SUBTRACT -> "$0, $1, " + size;
            case MULTIPLY, DIVIDE -> "$0, " + a.scale() + ", $1, " + b.scale() + ", " + size;
            case REMAINDER -> "$0, $1, " + kernelResult.scale();
        };
        Kernel kernel =
                Kernel.of(Kernels.arithmetic(kernelResult), operator.method + Kernels.suffix(kernelResult), arguments);
        ScalarFunction function = new ScalarFunction(operator.symbol, kernel, true, false, true);
        return Optional.of(new Bound(function, List.of(a, b), kernelResult, result));
    }

    private static boolean isWide(DecimalType type) {
        return type.precision() > DecimalType.MAX_LONG_PRECISION;
    }

    /** A type of this scale that holds every value of the operand, in the form asked for. */
    private static DecimalType operand(DecimalType type, int scale, boolean wide) {
        int precision = Math.min(DecimalType.MAX_PRECISION, type.precision() - type.scale() + scale);
        DecimalType rescaled = new DecimalType(Math.max(precision, Math.max(1, scale)), scale);
        return wide && !isWide(rescaled) ? widened(rescaled) : rescaled;
    }

    private static DecimalType widened(DecimalType type) {
        return new DecimalType(DecimalType.MAX_LONG_PRECISION + 1, type.scale());
    }

    private static Optional<Bound> times(Binary operator, Type left, Type right) {
        boolean plus = operator == Binary.ADD;
        boolean minus = operator == Binary.SUBTRACT;
        if (plus && left instanceof IntervalType && !(right instanceof IntervalType)) {
            return swapped(operator, left, right);
        }
        if (left instanceof IntervalType interval) {
            return intervals(operator, interval, right);
        }
        if (operator == Binary.MULTIPLY && right instanceof IntervalType) {
            return swapped(operator, left, right);
        }
        if (!plus && !minus) {
            return Optional.empty();
        }
        if (right instanceof IntervalType interval) {
            return shifted(minus, left, interval);
        }
        if (minus) {
            return difference(left, right);
        }
        return dateAndTime(left, right);
    }

    /** The operator with its operands the other way round, for those that do not mind. */
    private static Optional<Bound> swapped(Binary operator, Type left, Type right) {
        return bind(operator, right, left).map(bound -> {
            Kernel kernel = bound.function().kernel();
            String arguments = kernel.arguments().isEmpty() ? "$0, $1" : kernel.arguments();
            String exchanged = arguments.replace("$0", "$x").replace("$1", "$0").replace("$x", "$1");
            Kernel turned = new Kernel(kernel.owner(), kernel.method(), kernel.form(), exchanged);
            ScalarFunction function =
                    new ScalarFunction(operator.symbol, turned, bound.function().canFail(), false, true);
            return new Bound(
                    function,
                    List.of(bound.arguments().get(1), bound.arguments().get(0)),
                    bound.result(),
                    bound.shown());
        });
    }

    private static Optional<Bound> intervals(Binary operator, IntervalType left, Type right) {
        String suffix = left.months() ? "Int32" : "Int64";
        boolean sum = operator == Binary.ADD || operator == Binary.SUBTRACT;
        if (sum && right.equals(left)) {
            Kernel kernel = Kernel.of("Arithmetic", operator.method + suffix);
            return Optional.of(bound(operator.symbol, kernel, List.of(left, left), left, true));
        }
        boolean scaled = operator == Binary.MULTIPLY || operator == Binary.DIVIDE;
        if (scaled && right instanceof IntegerType integer && (!left.months() || integer.bits() <= 32)) {
            Type factor = left.months() ? Type.INT : Type.BIGINT;
            Kernel kernel = Kernel.of("Arithmetic", operator.method + suffix);
            return Optional.of(bound(operator.symbol, kernel, List.of(left, factor), left, true));
        }
        return Optional.empty();
    }

    /** A date or time moved by an interval. */
    private static Optional<Bound> shifted(boolean back, Type time, IntervalType by) {
        String step = by.months() ? "Months" : "Micros";
        String amount = back ? "Arithmetic.negate" + (by.months() ? "Int32" : "Int64") + "($1)" : "$1";
        if (time instanceof TimestampType timestamp) {
            if (timestamp.local() && by.months()) {
                Kernel kernel = Kernel.of(
                        "Timestamps",
                        "addLocalMonths",
                        "$0, " + amount + ", " + timestamp.ticksPerSecond() + "L, zone");
                return Optional.of(bound(back ? "-" : "+", kernel, List.of(time, by), time, true));
            }
            Kernel kernel =
                    Kernel.of("Timestamps", "add" + step, "$0, " + amount + ", " + timestamp.ticksPerSecond() + "L");
            return Optional.of(bound(back ? "-" : "+", kernel, List.of(time, by), time, true));
        }
        if (time instanceof DateType && by.months()) {
            Kernel kernel = Kernel.of("Dates", "addMonths", "$0, " + amount);
            return Optional.of(bound(back ? "-" : "+", kernel, List.of(time, by), time, true));
        }
        if (time instanceof DateType) {
            // A day and a part of one is a point in time.
            return shifted(back, new TimestampType(TimestampType.MAX_MICROS_PRECISION, false), by);
        }
        if (time instanceof TimeType && !by.months()) {
            Kernel kernel = Kernel.of("Times", "addMicros", "$0, " + amount);
            return Optional.of(bound(back ? "-" : "+", kernel, List.of(time, by), time, true));
        }
        return Optional.empty();
    }

    private static Optional<Bound> difference(Type left, Type right) {
        if (left instanceof TimeType && right instanceof TimeType) {
            Kernel kernel = Kernel.of("Times", "subtract");
            return Optional.of(bound("-", kernel, List.of(left, right), Type.INTERVAL_MICROS, false));
        }
        if (left instanceof DateType && right instanceof DateType) {
            Kernel kernel = Kernel.of("Dates", "subtract");
            return Optional.of(bound("-", kernel, List.of(left, right), Type.BIGINT, false));
        }
        Optional<Type> common = Coercion.common(left, right);
        if (common.isPresent() && common.get() instanceof TimestampType timestamp) {
            Kernel kernel = Kernel.of("Timestamps", "subtract", "$0, $1, " + timestamp.ticksPerSecond() + "L");
            return Optional.of(bound("-", kernel, List.of(timestamp, timestamp), Type.INTERVAL_MICROS, true));
        }
        if (left instanceof DateType && right instanceof IntegerType) {
            Kernel kernel = Kernel.of("Dates", "addDays", "$0, -($1)");
            return Optional.of(bound("-", kernel, List.of(left, Type.BIGINT), left, true));
        }
        return Optional.empty();
    }

    private static Optional<Bound> dateAndTime(Type left, Type right) {
        if (left instanceof DateType && right instanceof IntegerType) {
            Kernel kernel = Kernel.of("Dates", "addDays");
            return Optional.of(bound("+", kernel, List.of(left, Type.BIGINT), left, true));
        }
        if (left instanceof IntegerType && right instanceof DateType) {
            Kernel kernel = Kernel.of("Dates", "addDays", "$1, $0");
            return Optional.of(bound("+", kernel, List.of(Type.BIGINT, right), right, true));
        }
        if (left instanceof DateType && right instanceof TimeType) {
            TimestampType result = new TimestampType(TimestampType.MAX_MICROS_PRECISION, false);
            Kernel kernel = Kernel.of("Timestamps", "fromDateAndTime", "$0, $1, " + result.ticksPerSecond() + "L");
            return Optional.of(bound("+", kernel, List.of(left, right), result, true));
        }
        return Optional.empty();
    }
}
