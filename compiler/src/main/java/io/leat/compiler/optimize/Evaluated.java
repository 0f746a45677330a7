package io.leat.compiler.optimize;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import java.util.function.Predicate;

/**
 * Whether a value is computed, and so does not fail, wherever an expression is. What stands in a branch of CASE, or behind the first operand
 * of AND, OR or COALESCE, is asked for some rows only.
 */
final class Evaluated {
    private final Expr value;
    private final boolean fails;

    /**
     * @param value as {@link #normal} says it
     */
    private Evaluated(Expr value) {
        this.value = value;
        this.fails = Exprs.canFail(value);
    }

    /** Where a condition is TRUE. */
    static boolean whereTrue(Expr condition, Expr value) {
        return new Evaluated(normal(value)).holds(normal(condition));
    }

    /** Where an expression was evaluated, whatever came of it. */
    static boolean with(Expr expression, Expr value) {
        return new Evaluated(normal(value)).by(normal(expression));
    }

    /** Where rows are, and whether a column of theirs may be NULL, makes no difference for what an expression yields for them. */
    static Expr normal(Expr expression) {
        return Exprs.rewrite(expression, each -> {
            if (each instanceof Expr.Column column) {
                return new Expr.Column(column.index(), column.name(), column.type(), true, column.at());
            }
            return each instanceof Expr.FieldAccess access
                    ? new Expr.FieldAccess(
                            access.row(), access.index(), access.name(), access.type(), true, access.at())
                    : each;
        });
    }

    private boolean holds(Expr condition) {
        if (condition instanceof Expr.Logical logical && logical.and()) {
            return logical.operands().stream().anyMatch(this::holds);
        }
        return isPresent(condition);
    }

    /** Of an expression that is not NULL where an operand is, and that is not NULL, all operands were computed. */
    private boolean isPresent(Expr expression) {
        return by(expression) || Exprs.isStrict(expression) && anyChild(expression, this::isPresent);
    }

    private boolean by(Expr expression) {
        if (expression.equals(value)) {
            return true;
        }
        if (expression.children().isEmpty()) {
            return false;
        }
        // What cannot fail may be left out for a NULL beside it: that is no matter of meaning.
        return !fails && Exprs.isStrict(expression)
                ? anyChild(expression, this::by)
                : by(expression.children().get(0));
    }

    private static boolean anyChild(Expr expression, Predicate<Expr> test) {
        return expression.children().stream().anyMatch(test);
    }
}
