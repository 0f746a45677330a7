package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.Unsettled;
import java.util.Optional;

/**
 * Makes conjuncts that speak of the right side of an inner join part of its condition. Of the right side alone, the table that is looked up
 * keeps no other rows; of both sides, they say what to look up, so that rows which WHERE connects are not all paired.
 *
 * <pre>
 *   filter r AND u = v           inner join on x = y AND r AND u = v
 *     inner join on x = y  =&gt;      left
 *       left                       right
 *       right
 * </pre>
 */
public final class PushFilterIntoJoin implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter filter
                && filter.input() instanceof Join join
                && join.kind() == Join.Kind.INNER
                && !Exprs.canFail(join.condition()))) {
            return Optional.empty();
        }
        int width = join.left().output().size();
        // What a table does not keep is not computed, and does not fail.
        boolean mayLeaveOut = !Unsettled.any(join.right());
        Conjuncts conjuncts = Conjuncts.split(
                join,
                filter.condition(),
                conjunct -> JoinConditions.isOfRight(conjunct, width)
                        ? mayLeaveOut
                        : !JoinConditions.isOfLeft(conjunct, width));
        return conjuncts.moving().isEmpty()
                ? Optional.empty()
                : Optional.of(conjuncts.above(JoinConditions.and(join, conjuncts.moving()), filter));
    }
}
