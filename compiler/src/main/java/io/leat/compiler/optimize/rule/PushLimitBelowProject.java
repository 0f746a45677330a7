package io.leat.compiler.optimize.rule;

import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Limit;
import io.leat.compiler.logical.LogicalPlan.Project;
import io.leat.compiler.logical.Unsettled;
import java.util.List;
import java.util.Optional;

/**
 * Computes columns of no more rows than a limit lets through, and brings the limit to the order that it cuts off, which then keeps no more
 * rows than that. What may fail stays below: it would fail for fewer rows.
 *
 * <pre>
 *   limit 3              project p
 *     project p     =&gt;     limit 3
 *       x                    x
 * </pre>
 */
public final class PushLimitBelowProject implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Limit limit && limit.input() instanceof Project project) || Unsettled.any(project)) {
            return Optional.empty();
        }
        LogicalPlan below = new Limit(project.input(), limit.count(), limit.offset(), limit.at());
        return Optional.of(project.withInputs(List.of(below)));
    }
}
