package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import java.util.List;
import java.util.Optional;

/**
 * Moves conjuncts that only speak of the left side of a join below it, so that fewer rows look for a partner. Neither they nor the join
 * condition may fail. Conjuncts about the right side stay: a row whose partner is filtered out is not one that has none.
 *
 * <pre>
 *   filter l AND r              filter r
 *     join                        join
 *       left              =&gt;        filter l
 *       right                         left
 *                                   right
 * </pre>
 */
public final class PushFilterBelowJoin implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter filter && filter.input() instanceof Join join) || JoinConditions.mayFail(join)) {
            return Optional.empty();
        }
        int width = join.left().output().size();
        Conjuncts conjuncts = Conjuncts.split(
                join,
                filter.condition(),
                conjunct -> Exprs.columns(conjunct).stream().allMatch(column -> column < width));
        if (conjuncts.moving().isEmpty()) {
            return Optional.empty();
        }
        LogicalPlan left = new Filter(join.left(), Exprs.and(conjuncts.moving()), filter.at());
        return Optional.of(conjuncts.above(join.withInputs(List.of(left, join.right())), filter));
    }
}
