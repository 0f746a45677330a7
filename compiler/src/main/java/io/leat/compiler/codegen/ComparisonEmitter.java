package io.leat.compiler.codegen;

import io.leat.compiler.expr.ByteText;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare.Operator;
import io.leat.runtime.job.Constant;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes comparisons. */
final class ComparisonEmitter {
    /** Lists up to this length become comparisons one by one. */
    private static final int SHORT_LIST = 4;

    private final ExpressionEmitter expressions;
    private final Scope scope;

    ComparisonEmitter(ExpressionEmitter expressions, Scope scope) {
        this.expressions = expressions;
        this.scope = scope;
    }

    Fragment compare(Expr.Compare expr, Fragment left, Fragment right) {
        Operator operator = expr.operator();
        if (operator.nullIsValue()) {
            return distinct(operator == Operator.DISTINCT, left, right);
        }
        String isNull = expressions.anyNull(List.of(left, right), scope);
        if (isNull.equals(Fragment.ALWAYS)) {
            return ExpressionEmitter.ofNull(Type.BOOLEAN);
        }
        String value = expressions.declare("boolean", "value", condition(operator, left, right), scope);
        return Fragment.of(Type.BOOLEAN, value, isNull);
    }

    private Fragment distinct(boolean distinct, Fragment left, Fragment right) {
        String equal = condition(Operator.EQUAL, left, right);
        String leftNull = left.neverNull() ? "false" : left.isNull();
        String rightNull = right.neverNull() ? "false" : right.isNull();
        String same;
        if (left.neverNull() && right.neverNull()) {
            same = equal;
        } else {
            same = leftNull + " == " + rightNull + " && (" + leftNull + " || " + equal + ")";
        }
        String value = expressions.declare("boolean", "value", distinct ? "!(" + same + ")" : same, scope);
        return Fragment.of(Type.BOOLEAN, value, Fragment.NEVER);
    }

    /**
     * A Java condition on two values of one type that are not NULL. It can be evaluated for NULLs as well, whose text has no length,
     * and is meaningless then.
     */
    static String condition(Operator operator, Fragment left, Fragment right) {
        return switch (left.type().physical()) {
            case BOOL -> booleans(operator, left.value(), right.value());
            case BYTES -> bytes(operator, left, right);
            case INT128 ->
                "Int128.compareInt128(" + left.arguments() + ", " + right.arguments() + ") " + symbol(operator) + " 0";
            case ROW -> throw new IllegalArgumentException("rows are not compared");
            default -> left.value() + " " + symbol(operator) + " " + right.value();
        };
    }

    private static String booleans(Operator operator, String left, String right) {
        return switch (operator) {
            case EQUAL, NOT_DISTINCT -> left + " == " + right;
            case NOT_EQUAL, DISTINCT -> left + " != " + right;
            case LESS -> "!" + left + " && " + right;
            case LESS_OR_EQUAL -> "!" + left + " || " + right;
            case GREATER -> left + " && !" + right;
            case GREATER_OR_EQUAL -> left + " || !" + right;
        };
    }

    private static String bytes(Operator operator, Fragment left, Fragment right) {
        String equal = left.length() + " == " + right.length() + " && Memory.equal(" + left.address() + ", "
                + right.address() + ", " + left.length() + ")";
        return switch (operator) {
            case EQUAL, NOT_DISTINCT -> equal;
            case NOT_EQUAL, DISTINCT -> "!(" + equal + ")";
            default -> "Memory.compare(" + left.arguments() + ", " + right.arguments() + ") " + symbol(operator) + " 0";
        };
    }

    private static String symbol(Operator operator) {
        return switch (operator) {
            case EQUAL, NOT_DISTINCT -> "==";
            case NOT_EQUAL, DISTINCT -> "!=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
        };
    }

    Fragment in(Expr.In expr, Fragment value) {
        if (value.alwaysNull()) {
            return ExpressionEmitter.ofNull(Type.BOOLEAN);
        }
        String found = expressions.declare("boolean", "value", membership(expr, value), scope);
        String isNull = value.isNull();
        if (expr.hasNull()) {
            isNull = expressions.declare(
                    "boolean", "isNull", (value.neverNull() ? "" : isNull + " || ") + "!" + found, scope);
        }
        return Fragment.of(Type.BOOLEAN, found, isNull);
    }

    private String membership(Expr.In expr, Fragment value) {
        Physical physical = value.type().physical();
        if (expr.list().isEmpty()) {
            return "false";
        }
        if (expr.list().size() <= SHORT_LIST || physical == Physical.BOOL) {
            NodeEmitter literals = new NodeEmitter(expressions, null, scope);
            List<String> tests = new ArrayList<>();
            expr.list()
                    .forEach(element ->
                            tests.add("(" + condition(Operator.EQUAL, value, literals.literal(element)) + ")"));
            return String.join(" || ", tests);
        }
        if (physical == Physical.BYTES) {
            List<byte[]> elements = expr.list().stream()
                    .map(element -> element.value() instanceof String text
                            ? text.getBytes(StandardCharsets.UTF_8)
                            : ((ByteText) element.value()).bytes())
                    .toList();
            String set = expressions.frame().constant("BytesSet", new Constant.BytesSet(elements));
            return set + ".contains(" + value.arguments() + ")";
        }
        List<String> elements = expr.list().stream().map(ComparisonEmitter::key).toList();
        String set = expressions.frame().constant("NumberSet", new Constant.NumberSet(physical, elements));
        return set + ".contains(" + value.arguments() + ")";
    }

    private static String key(Expr.Literal element) {
        return element.value() instanceof BigDecimal decimal
                ? decimal.unscaledValue().toString()
                : element.value().toString();
    }
}
