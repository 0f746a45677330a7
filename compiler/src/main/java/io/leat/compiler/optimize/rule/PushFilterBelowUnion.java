package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Union;
import io.leat.compiler.logical.Plans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves a filter below a union, into each of its inputs.
 *
 * <pre>
 *   filter a           union
 *     union              filter a
 *       x         =&gt;       x
 *       y                filter a
 *                          y
 * </pre>
 */
public final class PushFilterBelowUnion implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter filter && filter.input() instanceof Union union)) {
            return Optional.empty();
        }
        List<LogicalPlan> inputs = new ArrayList<>();
        for (LogicalPlan input : union.inputs()) {
            Expr condition = Exprs.substitute(filter.condition(), Plans.columns(input, filter.at()));
            inputs.add(new Filter(input, condition, filter.at()));
        }
        return Optional.of(new Union(inputs, union.at()));
    }
}
