package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import java.util.Optional;

/**
 * Removes a filter that every row passes.
 *
 * <pre>
 *   filter TRUE     =&gt;   x
 *     x
 * </pre>
 */
public final class RemoveTrivialFilter implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        boolean trivial =
                node instanceof Filter filter && filter.condition() instanceof Literal literal && literal.is(true);
        return trivial ? Optional.of(((Filter) node).input()) : Optional.empty();
    }
}
