package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Window;
import java.util.List;
import java.util.Optional;

/**
 * Moves conjuncts that do not speak of the window below it. They must not fail: rows without time never reach a filter above the
 * window.
 *
 * <pre>
 *   filter a AND window_start &gt; t         filter window_start &gt; t
 *     window                        =&gt;      window
 *       x                                     filter a
 *                                               x
 * </pre>
 */
public final class PushFilterBelowWindow implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter filter && filter.input() instanceof Window window)) {
            return Optional.empty();
        }
        int width = window.input().output().size();
        Conjuncts conjuncts = Conjuncts.split(
                window,
                filter.condition(),
                conjunct -> Exprs.columns(conjunct).stream().allMatch(column -> column < width));
        if (conjuncts.moving().isEmpty()) {
            return Optional.empty();
        }
        LogicalPlan below = new Filter(window.input(), Exprs.and(conjuncts.moving()), filter.at());
        LogicalPlan moved = window.withInputs(List.of(below));
        return Optional.of(conjuncts.above(moved, filter));
    }
}
