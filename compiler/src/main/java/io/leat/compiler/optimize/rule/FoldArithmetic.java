package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Call;
import io.leat.compiler.expr.Expr.Cast;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.IntegerType;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Computes sums, differences, products and casts of numbers that stand in the query, and of dates and intervals. What would fail stays: it
 * fails for each row that gets there. Behind it fewer conditions can fail, and those that cannot move further.
 *
 * <pre>
 *   filter a &gt; CAST(1 + 1 AS DOUBLE)     =&gt;   filter a &gt; 2.0
 * </pre>
 */
public final class FoldArithmetic implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return Expressions.rewrite(node, FoldArithmetic::fold);
    }

    private static Expr fold(Expr expression) {
        if (expression instanceof Cast cast && cast.value() instanceof Literal value) {
            return cast(value, cast.type())
                    .<Expr>map(to -> new Literal(to, cast.type(), cast.at()))
                    .orElse(cast);
        }
        if (expression instanceof Call call
                && call.arguments().size() == 2
                && call.arguments().get(0) instanceof Literal left
                && call.arguments().get(1) instanceof Literal right) {
            return ConstantTimes.moved(call, left, right)
                    .map(Object.class::cast)
                    .or(() -> compute(call, left.value(), right.value()))
                    .<Expr>map(result -> new Literal(result, call.type(), call.at()))
                    .orElse(call);
        }
        return expression;
    }

    /** Integers of every width, decimals, and DOUBLE: the numbers whose arithmetic Java has. */
    private static Optional<Object> compute(Call call, Object left, Object right) {
        String operator = call.function().name();
        if (call.type() instanceof IntegerType type && left instanceof Long a && right instanceof Long b) {
            return exact(operator, a, b).filter(result -> fits(result, type)).map(Long.class::cast);
        }
        if (call.type().equals(Type.DOUBLE) && left instanceof Double a && right instanceof Double b) {
            return floating(operator, a, b).filter(Double::isFinite).map(Double.class::cast);
        }
        if (call.type() instanceof DecimalType type && left instanceof BigDecimal a && right instanceof BigDecimal b) {
            return exact(operator, a, b).flatMap(result -> decimal(result, type));
        }
        return Optional.empty();
    }

    private static Optional<BigDecimal> exact(String operator, BigDecimal left, BigDecimal right) {
        return switch (operator) {
            case "+" -> Optional.of(left.add(right));
            case "-" -> Optional.of(left.subtract(right));
            case "*" -> Optional.of(left.multiply(right));
            default -> Optional.empty();
        };
    }

    private static Optional<Long> exact(String operator, long left, long right) {
        try {
            return switch (operator) {
                case "+" -> Optional.of(Math.addExact(left, right));
                case "-" -> Optional.of(Math.subtractExact(left, right));
                case "*" -> Optional.of(Math.multiplyExact(left, right));
                default -> Optional.empty();
            };
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Double> floating(String operator, double left, double right) {
        return switch (operator) {
            case "+" -> Optional.of(left + right);
            case "-" -> Optional.of(left - right);
            case "*" -> Optional.of(left * right);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> cast(Literal from, Type to) {
        if (from.value() instanceof Long whole && from.type() instanceof IntegerType) {
            if (to instanceof IntegerType type) {
                return fits(whole, type) ? Optional.of(whole) : Optional.empty();
            }
            if (to instanceof DecimalType type) {
                return decimal(BigDecimal.valueOf(whole), type);
            }
            return to.equals(Type.DOUBLE) ? Optional.of((double) whole) : Optional.empty();
        }
        if (from.type() instanceof DateType) {
            return ConstantTimes.cast(from, to);
        }
        if (from.value() instanceof BigDecimal number) {
            if (to instanceof DecimalType type) {
                return decimal(number, type);
            }
            return to.equals(Type.DOUBLE) ? Optional.of(number.doubleValue()) : Optional.empty();
        }
        return Optional.empty();
    }

    /** A number that the type holds without rounding. */
    private static Optional<Object> decimal(BigDecimal number, DecimalType type) {
        if (number.stripTrailingZeros().scale() > type.scale()) {
            return Optional.empty();
        }
        BigDecimal scaled = number.setScale(type.scale());
        return scaled.precision() <= type.precision() ? Optional.of(scaled) : Optional.empty();
    }

    private static boolean fits(long value, IntegerType type) {
        int unused = Long.SIZE - type.bits();
        return value << unused >> unused == value;
    }
}
