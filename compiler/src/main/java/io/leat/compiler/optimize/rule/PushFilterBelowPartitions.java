package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Unsettled;
import java.util.List;
import java.util.Optional;

/**
 * Moves conjuncts that only speak of the partition below what looks at partitions: the others are not needed.
 *
 * <pre>
 *   filter k = 1 AND place &lt; 3              filter place &lt; 3
 *     over ROW_NUMBER as place by k    =&gt;     over ROW_NUMBER as place by k
 *       x                                       filter k = 1
 *                                                 x
 * </pre>
 */
public final class PushFilterBelowPartitions implements Rule {
    @Override
    public boolean narrows() {
        return true;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter filter)) {
            return Optional.empty();
        }
        if (filter.input() instanceof Over over) {
            return push(filter, over.partition());
        }
        return filter.input() instanceof TopN top ? push(filter, top.partition()) : Optional.empty();
    }

    private static Optional<LogicalPlan> push(Filter filter, List<Integer> partition) {
        LogicalPlan below = filter.input().inputs().get(0);
        Conjuncts conjuncts = Conjuncts.split(
                filter.input(),
                filter.condition(),
                conjunct -> EqualValues.areAlike(conjunct) && partition.containsAll(Exprs.columns(conjunct)));
        if (conjuncts.moving().isEmpty()) {
            return Optional.empty();
        }
        boolean fails = Plans.expressions(filter.input()).stream().anyMatch(each -> Unsettled.mayFail(below, each));
        LogicalPlan kept = Doors.keep(below, conjuncts.moving(), fails, filter.at());
        return Optional.of(conjuncts.above(filter.input().withInputs(List.of(kept)), filter));
    }
}
