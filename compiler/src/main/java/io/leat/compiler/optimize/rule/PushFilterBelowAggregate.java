package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Traits.WindowColumns;
import io.leat.compiler.logical.Unsettled;
import java.util.List;
import java.util.Optional;

/**
 * Moves conjuncts that only speak of what is grouped by below the groups, so that no others are kept. Bounds of windows stay: groups are
 * kept by pieces of time, to which rows are assigned by their time alone.
 *
 * <pre>
 *   filter k = 1 AND total &gt; 5         filter total &gt; 5
 *     aggregate total by k       =&gt;      aggregate total by k
 *       x                                  filter k = 1
 *                                            x
 * </pre>
 */
public final class PushFilterBelowAggregate implements Rule {
    @Override
    public boolean narrows() {
        return true;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter filter && filter.input() instanceof Aggregate aggregate)) {
            return Optional.empty();
        }
        Optional<WindowColumns> window = aggregate.input().traits().window();
        Conjuncts conjuncts = Conjuncts.split(
                aggregate,
                filter.condition(),
                conjunct -> EqualValues.areAlike(conjunct)
                        && Exprs.columns(conjunct).stream().allMatch(column -> isKey(aggregate, window, column)));
        if (conjuncts.moving().isEmpty()) {
            return Optional.empty();
        }
        List<Expr> columns = Plans.columns(aggregate.input(), filter.at());
        List<Expr> keys = aggregate.keys().stream().map(columns::get).toList();
        List<Expr> moved = conjuncts.moving().stream()
                .map(conjunct -> Exprs.substitute(conjunct, keys))
                .toList();
        boolean fails =
                Plans.expressions(aggregate).stream().anyMatch(each -> Unsettled.mayFail(aggregate.input(), each));
        LogicalPlan kept = Doors.keep(aggregate.input(), moved, fails, filter.at());
        return Optional.of(conjuncts.above(aggregate.withInputs(List.of(kept)), filter));
    }

    private static boolean isKey(Aggregate aggregate, Optional<WindowColumns> window, int column) {
        return column < aggregate.keys().size()
                && window.filter(each -> each.holds(aggregate.keys().get(column)))
                        .isEmpty();
    }
}
