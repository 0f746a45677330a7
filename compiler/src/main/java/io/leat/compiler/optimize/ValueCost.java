package io.leat.compiler.optimize;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.ScalarFunction;
import io.leat.compiler.function.ScalarFunction.Form;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.RowType;
import java.util.stream.Stream;

/**
 * What a value costs: to compute, and to have with a row. Both are in one unit, about a nanosecond. A byte of a row that moves on through
 * an operator is written to a batch, read again, mostly kept in a page of state, and written to a snapshot as long as it is there, which
 * together is about as much. Guesses, but only their order counts: arithmetic is cheaper than the eight bytes that it makes, what reads a
 * text is dearer than the text, and what runs a pattern is much dearer.
 */
final class ValueCost {
    private static final int STEP = 1;
    private static final int OF_CALENDAR = 8;
    private static final int OF_WIDE_NUMBER = 8;
    private static final int OF_TEXT = 48;
    /** A pattern, a format or a digest. */
    private static final int OF_MACHINE = 128;
    /** A text itself, guessed, beside the slot that says where it is. */
    private static final int LENGTH_OF_TEXT = 24;

    private ValueCost() {}

    /** To compute it for a row whose columns are there. */
    static int toCompute(Expr expression) {
        int cost = own(expression);
        for (Expr child : expression.children()) {
            cost += toCompute(child);
        }
        return cost;
    }

    private static int own(Expr expression) {
        boolean isThere = expression instanceof Expr.Column
                || expression instanceof Expr.Literal
                || expression instanceof Expr.FieldAccess;
        if (isThere) {
            return 0;
        }
        if (expression instanceof Expr.Call call && call.function().kernel().form() == Form.OWNED) {
            return OF_MACHINE;
        }
        if (passesOn(expression)) {
            return STEP;
        }
        if (touches(expression, Physical.BYTES)) {
            return OF_TEXT;
        }
        if (touches(expression, Physical.INT128)) {
            return OF_WIDE_NUMBER;
        }
        return expression instanceof Expr.Call call && !isArithmetic(call.function()) ? OF_CALENDAR : STEP;
    }

    /** Whether it only says which of its operands counts, or whether one is there. */
    private static boolean passesOn(Expr expression) {
        return expression instanceof Expr.Case
                || expression instanceof Expr.Coalesce
                || expression instanceof Expr.Required
                || expression instanceof Expr.IsNull;
    }

    private static boolean touches(Expr expression, Physical form) {
        return Stream.concat(Stream.of(expression), expression.children().stream())
                .anyMatch(each -> each.type().physical() == form);
    }

    private static boolean isArithmetic(ScalarFunction function) {
        return function.kernel().form() != Form.STATIC
                || function.kernel().owner().equals("Arithmetic");
    }

    /** To have it with a row that moves on through one operator. */
    static int toCarry(Type type) {
        if (type instanceof RowType row) {
            return row.fields().stream()
                    .map(Field::type)
                    .mapToInt(ValueCost::toCarry)
                    .sum();
        }
        int length = type.physical() == Physical.BYTES ? LENGTH_OF_TEXT : 0;
        return type.physical().width() + length;
    }
}
