package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Project;
import io.leat.compiler.logical.Plans;
import java.util.Optional;

/**
 * Removes a projection that yields the columns of its input as they are, names included.
 *
 * <pre>
 *   project a, b     =&gt;   x: a, b
 *     x: a, b
 * </pre>
 */
public final class RemoveIdentityProject implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Project project) || !project.names().equals(Plans.names(project.input()))) {
            return Optional.empty();
        }
        for (int i = 0; i < project.expressions().size(); i++) {
            if (!(project.expressions().get(i) instanceof Expr.Column column) || column.index() != i) {
                return Optional.empty();
            }
        }
        return Optional.of(project.input());
    }
}
