package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import java.util.List;
import java.util.function.IntPredicate;

/** What NULL means for conditions. */
final class Nullability {
    private Nullability() {}

    /** The condition over the rows of a plan as these are: a column that an outer join makes NULL is not NULL below it. */
    static Expr asOf(Expr condition, LogicalPlan plan) {
        List<Expr> columns = Plans.columns(plan, condition.at());
        return Exprs.substitute(condition, columns);
    }

    /** Whether a condition is not TRUE for a row in which all of these columns are NULL. */
    static boolean rejects(Expr condition, IntPredicate columns) {
        if (condition instanceof Expr.Logical logical) {
            return logical.and()
                    ? logical.operands().stream().anyMatch(each -> rejects(each, columns))
                    : logical.operands().stream().allMatch(each -> rejects(each, columns));
        }
        if (condition instanceof Expr.Not not && not.operand() instanceof Expr.IsNull test) {
            return Exprs.isNullWhere(test.operand(), columns);
        }
        if (condition instanceof Expr.IsTrue test) {
            return rejects(test.operand(), columns);
        }
        return Exprs.isNullWhere(condition, columns);
    }
}
