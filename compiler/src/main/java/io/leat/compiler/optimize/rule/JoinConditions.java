package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.Unsettled;
import java.util.List;

/** Questions about the condition of a lookup. */
final class JoinConditions {
    private JoinConditions() {}

    /** Whether looking up may fail for a row. Rows of the right side are computed before. */
    static boolean mayFail(Join join) {
        int width = join.left().output().size();
        return Exprs.canFail(join.condition())
                || Exprs.columns(join.condition()).stream()
                        .filter(column -> column < width)
                        .anyMatch(column -> Unsettled.column(join.left(), column));
    }

    /** Whether a condition speaks of rows of the right side, and of no others. */
    static boolean isOfRight(Expr condition, int width) {
        return !Exprs.columns(condition).isEmpty()
                && Exprs.columns(condition).stream().allMatch(column -> column >= width);
    }

    /** Whether a condition speaks of rows of the left side, and of no others. */
    static boolean isOfLeft(Expr condition, int width) {
        return !Exprs.columns(condition).isEmpty()
                && Exprs.columns(condition).stream().allMatch(column -> column < width);
    }

    /** The join with more conditions, behind its own. */
    static Join and(Join join, List<Expr> more) {
        Expr condition = Exprs.and(join.condition(), Exprs.and(more));
        return new Join(join.kind(), join.left(), join.right(), condition, join.at());
    }
}
