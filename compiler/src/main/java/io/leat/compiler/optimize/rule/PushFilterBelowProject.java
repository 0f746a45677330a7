package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Project;
import java.util.Optional;

/**
 * Moves a filter below a projection. Values of a projection are computed where they are needed, so this changes nothing for what may
 * fail.
 *
 * <pre>
 *   filter p &gt; 1                project a * 2 AS p
 *     project a * 2 AS p   =&gt;     filter a * 2 &gt; 1
 *       x                           x
 * </pre>
 */
public final class PushFilterBelowProject implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter filter && filter.input() instanceof Project project)) {
            return Optional.empty();
        }
        Expr condition = Exprs.substitute(filter.condition(), project.expressions());
        return Optional.of(new Project(
                new Filter(project.input(), condition, filter.at()),
                project.expressions(),
                project.names(),
                project.at()));
    }
}
