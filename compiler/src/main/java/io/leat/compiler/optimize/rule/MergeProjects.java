package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Project;
import java.util.List;
import java.util.Optional;

/**
 * Merges two projections into one, unless that would write an expression twice.
 *
 * <pre>
 *   project p + 1               project (a * 2) + 1
 *     project a * 2 AS p   =&gt;     x
 *       x
 * </pre>
 */
public final class MergeProjects implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Project outer && outer.input() instanceof Project inner)) {
            return Optional.empty();
        }
        int[] uses = new int[inner.expressions().size()];
        outer.expressions().forEach(each -> Exprs.forEachColumn(each, column -> uses[column.index()]++));
        for (int i = 0; i < uses.length; i++) {
            if (uses[i] > 1 && !isSimple(inner.expressions().get(i))) {
                return Optional.empty();
            }
        }
        List<Expr> merged = outer.expressions().stream()
                .map(each -> Exprs.substitute(each, inner.expressions()))
                .toList();
        return Optional.of(new Project(inner.input(), merged, outer.names(), outer.at()));
    }

    private static boolean isSimple(Expr expression) {
        return expression instanceof Expr.Column
                || expression instanceof Expr.Literal
                || expression instanceof Expr.FieldAccess access && isSimple(access.row());
    }
}
