package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import java.util.Optional;

/**
 * Merges two filters into one, the inner condition first.
 *
 * <pre>
 *   filter a              filter b AND a
 *     filter b     =&gt;       x
 *       x
 * </pre>
 */
public final class MergeFilters implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter outer && outer.input() instanceof Filter inner)) {
            return Optional.empty();
        }
        return Optional.of(new Filter(inner.input(), Exprs.and(inner.condition(), outer.condition()), inner.at()));
    }
}
