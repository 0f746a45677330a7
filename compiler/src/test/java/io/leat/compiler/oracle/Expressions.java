package io.leat.compiler.oracle;

import io.leat.compiler.expr.Expr;
import io.leat.runtime.type.Type.FloatType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The value of an expression for a row, by its definition: left to right, {@code AND} up to the first FALSE, {@code OR} up to the
 * first TRUE, no branch that is not taken.
 */
final class Expressions implements Expr.Visitor<Object> {
    private final Casts casts;
    private final Calls calls;
    private final IntFunction<Object> columns;

    /**
     * @param columns the value of a column of the row
     */
    Expressions(ZoneId zone, long nowMicros, IntFunction<Object> columns) {
        this.casts = new Casts(zone);
        this.calls = new Calls(zone, nowMicros);
        this.columns = columns;
    }

    /**
     * @throws RowFailure if it has no value
     */
    Object value(Expr expression) {
        try {
            return expression.accept(this);
        } catch (NoValue e) {
            throw new RowFailure(expression.at(), e.getMessage());
        }
    }

    /** Whether a condition is TRUE. */
    boolean holds(Expr condition) {
        return Boolean.TRUE.equals(value(condition));
    }

    @Override
    public Object column(Expr.Column expr) {
        return columns.apply(expr.index());
    }

    @Override
    public Object outer(Expr.Outer expr) {
        throw new IllegalStateException("a column of rows outside that were not joined");
    }

    @Override
    public Object literal(Expr.Literal expr) {
        boolean single = expr.type() instanceof FloatType real && real.bits() == 32;
        return single && expr.value() instanceof Double number ? (Object) (float) (double) number : expr.value();
    }

    @Override
    public Object field(Expr.FieldAccess expr) {
        Object row = value(expr.row());
        return row == null ? null : ((List<?>) row).get(expr.index());
    }

    @Override
    public Object call(Expr.Call expr) {
        List<Object> values = new ArrayList<>();
        for (Expr argument : expr.arguments()) {
            values.add(value(argument));
        }
        return values.contains(null) ? null : calls.call(expr, values);
    }

    @Override
    public Object cast(Expr.Cast expr) {
        Object value = value(expr.value());
        if (value == null) {
            return null;
        }
        try {
            return casts.cast(value, expr.value().type(), expr.type(), expr.orNull());
        } catch (NoValue e) {
            if (expr.orNull()) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public Object compare(Expr.Compare expr) {
        Object left = value(expr.left());
        Object right = value(expr.right());
        if (left == null || right == null) {
            return switch (expr.operator()) {
                case DISTINCT -> left != right;
                case NOT_DISTINCT -> left == right;
                default -> null;
            };
        }
        int order = Values.compare(left, right);
        return switch (expr.operator()) {
            case EQUAL, NOT_DISTINCT -> order == 0;
            case NOT_EQUAL, DISTINCT -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    @Override
    public Object logical(Expr.Logical expr) {
        boolean unknown = false;
        for (Expr operand : expr.operands()) {
            Object value = value(operand);
            if (value == null) {
                unknown = true;
            } else if ((Boolean) value != expr.and()) {
                return value;
            }
        }
        return unknown ? null : expr.and();
    }

    @Override
    public Object not(Expr.Not expr) {
        Object value = value(expr.operand());
        return value == null ? null : !(Boolean) value;
    }

    @Override
    public Object isNull(Expr.IsNull expr) {
        return value(expr.operand()) == null;
    }

    @Override
    public Object isTrue(Expr.IsTrue expr) {
        return holds(expr.operand());
    }

    @Override
    public Object required(Expr.Required expr) {
        Object value = value(expr.value());
        if (value == null) {
            throw new NoValue("NULL for a column that is NOT NULL");
        }
        return value;
    }

    @Override
    public Object in(Expr.In expr) {
        Object value = value(expr.value());
        if (value == null) {
            return null;
        }
        boolean found = expr.list().stream().anyMatch(each -> Values.compare(value, literal(each)) == 0);
        return found ? Boolean.TRUE : expr.hasNull() ? null : (Object) false;
    }

    @Override
    public Object choose(Expr.Case expr) {
        for (Expr.Case.Branch branch : expr.branches()) {
            if (holds(branch.condition())) {
                return value(branch.result());
            }
        }
        return value(expr.otherwise());
    }

    @Override
    public Object coalesce(Expr.Coalesce expr) {
        for (Expr operand : expr.operands()) {
            Object value = value(operand);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Override
    public Object concat(Expr.Concat expr) {
        Object separator = expr.separator().isPresent() ? value(expr.separator().get()) : "";
        List<String> parts = new ArrayList<>();
        boolean missing = separator == null;
        for (Expr operand : expr.operands()) {
            Object value = value(operand);
            if (value != null) {
                parts.add((String) value);
            }
            missing |= value == null && !expr.skipsNulls();
        }
        return missing ? null : String.join((String) separator, parts);
    }

    @Override
    public Object array(Expr.ArrayOf expr) {
        List<Object> elements = new ArrayList<>();
        expr.elements().forEach(element -> elements.add(Values.key(value(element))));
        return elements;
    }

    @Override
    public Object element(Expr.Element expr) {
        List<?> array = (List<?>) value(expr.array());
        Long position = (Long) value(expr.position());
        boolean isThere = array != null && position != null && position >= 1 && position <= array.size();
        return isThere ? array.get((int) (position - 1)) : null;
    }

    @Override
    public Object extreme(Expr.Extreme expr) {
        Object extreme = null;
        for (Expr operand : expr.operands()) {
            Object value = value(operand);
            boolean better = value != null
                    && (extreme == null
                            || (expr.greatest()
                                    ? Values.compare(value, extreme) > 0
                                    : Values.compare(value, extreme) < 0));
            extreme = better ? value : extreme;
        }
        return extreme;
    }

    @Override
    public Object item(Expr.Item expr) {
        List<Object> order = new ArrayList<>();
        expr.order().forEach(key -> order.add(value(key.value())));
        List<Object> values = new ArrayList<>();
        expr.values().forEach(each -> values.add(value(each)));
        return new Taken(expr, order, values, List.of());
    }
}
