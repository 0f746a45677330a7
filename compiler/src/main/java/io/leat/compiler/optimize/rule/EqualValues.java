package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.runtime.type.Type;

/**
 * Whether a condition holds for all of several values that are equal, or for none. Rows are in one group, or partition, if their keys are
 * equal; of floating point numbers, 0.0 and -0.0 are, and are two texts.
 */
final class EqualValues {
    private EqualValues() {}

    static boolean areAlike(Expr condition) {
        if (condition instanceof Expr.Compare compare) {
            return isTold(compare.left()) && isTold(compare.right());
        }
        if (condition instanceof Expr.IsNull test && test.operand() instanceof Expr.Column) {
            return true;
        }
        if (condition instanceof Expr.Not || condition instanceof Expr.Logical || condition instanceof Expr.IsTrue) {
            return condition.children().stream().allMatch(EqualValues::areAlike);
        }
        return isTold(condition);
    }

    /** Whether an expression is a value to compare, or is made of none that are equal but not the same. */
    private static boolean isTold(Expr expression) {
        return expression instanceof Expr.Column || isExact(expression);
    }

    private static boolean isExact(Expr expression) {
        if (expression instanceof Expr.Column column) {
            return isExact(column.type());
        }
        return expression.children().stream().allMatch(EqualValues::isExact);
    }

    private static boolean isExact(Type type) {
        if (type instanceof Type.RowType row) {
            return row.fields().stream().allMatch(field -> isExact(field.type()));
        }
        return !type.equals(Type.REAL) && !type.equals(Type.DOUBLE);
    }
}
