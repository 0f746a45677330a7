package io.leat.compiler.codegen;

import io.leat.compiler.expr.Expr;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the code that computes an expression. An expression that occurs twice is computed once if the second place lies in the
 * scope of the first.
 */
final class ExpressionEmitter {
    /** What fails must say where; the variable holds the number of the position of what is being computed. */
    static final String AT = "at";

    private final ClassFrame frame;
    private final ExpressionIds ids = new ExpressionIds();
    /** For a flag that is set if one of several others is, those. */
    private final Map<String, List<String>> flagsBehind = new HashMap<>();

    /** Booleans that are computed only where they are not NULL, and are false otherwise. */
    private final Set<String> falseWhereNull = new HashSet<>();

    private boolean canFail;

    private record Known(Columns columns, int id) {}

    ExpressionEmitter(ClassFrame frame) {
        this.frame = frame;
    }

    ClassFrame frame() {
        return frame;
    }

    /** Whether any expression written so far may fail for a row. */
    boolean canFail() {
        return canFail;
    }

    /** The value of an expression, computed in this scope if it is not known yet. */
    Fragment emit(Expr expression, Columns columns, Scope scope) {
        if (expression instanceof Expr.Column column) {
            return scope.settled(columns.column(column.index(), scope));
        }
        Columns.Home home = columns.home(expression);
        Known key = new Known(home.columns(), ids.id(home.expression()));
        Fragment known = scope.find(key);
        if (known == null) {
            known = home.expression().accept(new NodeEmitter(this, home.columns(), scope));
            scope.remember(key, known);
        }
        return scope.settled(known);
    }

    List<Fragment> emitAll(List<Expr> expressions, Columns columns, Scope scope) {
        List<Fragment> values = new ArrayList<>(expressions.size());
        expressions.forEach(expression -> values.add(emit(expression, columns, scope)));
        return values;
    }

    /** The scope of what happens if a condition is TRUE. Later conjuncts are computed only if the earlier ones are TRUE. */
    Scope whenTrue(Expr condition, Columns columns, Scope scope) {
        if (condition instanceof Expr.Logical logical && logical.and()) {
            Scope inner = scope;
            for (Expr operand : logical.operands()) {
                inner = whenTrue(operand, columns, inner);
            }
            return inner;
        }
        if (condition instanceof Expr.Literal literal && literal.is(true)) {
            return scope;
        }
        if (condition instanceof Expr.Not not && not.operand() instanceof Expr.IsNull test) {
            Fragment value = emit(test.operand(), columns, scope);
            return value.neverNull() ? scope : whenPresent(List.of(value), "true", scope);
        }
        if (condition instanceof Expr.Compare compare && !compare.operator().nullIsValue()) {
            Fragment left = emit(compare.left(), columns, scope);
            Fragment right = emit(compare.right(), columns, scope);
            return whenPresent(
                    List.of(left, right), ComparisonEmitter.condition(compare.operator(), left, right), scope);
        }
        Fragment value = emit(condition, columns, scope);
        if (falseWhereNull.contains(value.value())) {
            Scope inner = scope.inside(scope.block().when(value.value()));
            assume(value.isNull(), inner);
            return inner;
        }
        return whenPresent(List.of(value), value.value(), scope);
    }

    /** The scope of what happens if none of the values is NULL and a Java condition on them holds. */
    private Scope whenPresent(List<Fragment> values, String test, Scope scope) {
        List<String> flags = new ArrayList<>();
        for (Fragment value : values) {
            if (value.alwaysNull()) {
                return scope.inside(scope.block().when("false"));
            }
            if (!value.neverNull() && !flags.contains(value.isNull())) {
                flags.add(value.isNull());
            }
        }
        List<String> tests = new ArrayList<>();
        flags.forEach(flag -> tests.add("!" + flag));
        if (!test.equals("true") || flags.isEmpty()) {
            tests.add(test.contains(" || ") && !flags.isEmpty() ? "(" + test + ")" : test);
        }
        Scope inner = scope.inside(scope.block().when(String.join(" && ", tests)));
        flags.forEach(flag -> assume(flag, inner));
        return inner;
    }

    private void assume(String flag, Scope scope) {
        scope.assume(flag);
        flagsBehind.getOrDefault(flag, List.of()).forEach(each -> assume(each, scope));
    }

    /** A Java condition that holds if the boolean is TRUE. */
    static String truth(Fragment condition) {
        if (condition.neverNull()) {
            return condition.value();
        }
        return condition.alwaysNull() ? "false" : "!" + condition.isNull() + " && " + condition.value();
    }

    /** Notes a variable that is false where its value is NULL, so that nobody needs to ask for both. */
    void noteFalseWhereNull(String variable) {
        falseWhereNull.add(variable);
    }

    /** The opposite of a boolean in a variable. */
    static String negated(String value) {
        return value.startsWith("!") ? value.substring(1) : "!" + value;
    }

    /** To be called before code that may fail: notes where in the query it stands. */
    void mayFail(Expr expression, Scope scope) {
        canFail = true;
        scope.block().line(AT + " = " + frame.position(expression.at()) + ";");
    }

    /** A variable that is TRUE if one of the values is NULL, or one of the two constants. */
    String anyNull(List<Fragment> values, Scope scope) {
        List<String> tests = new ArrayList<>();
        for (Fragment value : values) {
            if (value.alwaysNull()) {
                return Fragment.ALWAYS;
            }
            if (!value.neverNull() && !tests.contains(value.isNull())) {
                tests.add(value.isNull());
            }
        }
        if (tests.size() <= 1) {
            return tests.isEmpty() ? Fragment.NEVER : tests.get(0);
        }
        String any = declare("boolean", "isNull", String.join(" || ", tests), scope);
        flagsBehind.put(any, tests);
        return any;
    }

    /** A new variable that keeps its value. */
    String declare(String type, String prefix, String value, Scope scope) {
        String name = prefix + frame.names().number();
        scope.block().declare("final " + type, name, value);
        return name;
    }

    /** A new variable that is assigned later. */
    String variable(String type, String prefix, String value, Scope scope) {
        String name = prefix + frame.names().number();
        scope.block().declare(type, name, value);
        return name;
    }

    /** Variables for a value that is assigned later, NULL flag included if {@code nullable}. */
    Fragment variables(Type type, boolean nullable, String isNull, Scope scope) {
        String nullFlag = nullable ? variable("boolean", "isNull", isNull, scope) : Fragment.NEVER;
        return switch (type.physical()) {
            case BYTES ->
                Fragment.bytes(
                        type, variable("long", "at", "0L", scope), variable("int", "bytes", "0", scope), nullFlag);
            case INT128 ->
                Fragment.wide(
                        type, variable("long", "high", "0L", scope), variable("long", "low", "0L", scope), nullFlag);
            case ROW -> throw new IllegalArgumentException("a row is never assigned");
            default ->
                Fragment.of(
                        type,
                        variable(JavaTypes.of(type.physical()), "value", JavaTypes.zero(type.physical()), scope),
                        nullFlag);
        };
    }

    /** Copies a value into variables. The NULL flag is set only if the target has one. */
    void assign(Fragment target, Fragment value, Scope scope) {
        if (!target.neverNull()) {
            scope.block().line(target.isNull() + " = " + (value.neverNull() ? "false" : value.isNull()) + ";");
        }
        if (value.alwaysNull()) {
            return;
        }
        for (int i = 0; i < target.parts().size(); i++) {
            scope.block().line(target.parts().get(i) + " = " + value.parts().get(i) + ";");
        }
    }

    /** NULL of a type. */
    static Fragment ofNull(Type type) {
        Physical physical = type.physical();
        if (type instanceof Type.RowType row) {
            List<Fragment> fields =
                    row.fields().stream().map(field -> ofNull(field.type())).toList();
            return new Fragment(type, List.of(), Fragment.ALWAYS, fields);
        }
        return switch (physical) {
            case BYTES -> Fragment.bytes(type, "0L", "0", Fragment.ALWAYS);
            case INT128 -> Fragment.wide(type, "0L", "0L", Fragment.ALWAYS);
            default -> new Fragment(type, List.of(JavaTypes.zero(physical)), Fragment.ALWAYS, Collections.emptyList());
        };
    }
}
