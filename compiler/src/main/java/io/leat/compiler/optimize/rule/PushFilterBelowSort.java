package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Sort;
import io.leat.compiler.logical.Unsettled;
import java.util.List;
import java.util.Optional;

/**
 * Sorts no groups that are left out afterwards. Not below a limit, which counts them, and not rows of a source, which count as taken.
 *
 * <pre>
 *   filter a     sort
 *     sort    =&gt;   filter a
 *       x            x
 * </pre>
 */
public final class PushFilterBelowSort implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter filter && filter.input() instanceof Sort sort)
                || Exprs.canFail(filter.condition())
                || Unsettled.any(sort.input())
                || Doors.isOfSource(sort.input())) {
            return Optional.empty();
        }
        LogicalPlan below = new Filter(sort.input(), filter.condition(), filter.at());
        return Optional.of(sort.withInputs(List.of(below)));
    }
}
