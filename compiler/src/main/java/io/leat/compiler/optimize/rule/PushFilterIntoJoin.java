package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.Unsettled;
import java.util.Optional;

/**
 * Makes conjuncts that only speak of the right side of an inner join part of its condition: the table that is looked up keeps no other
 * rows.
 *
 * <pre>
 *   filter r                     inner join on x = y AND r
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
                && !Exprs.canFail(join.condition())
                && !Unsettled.any(join.right()))) {
            return Optional.empty();
        }
        int width = join.left().output().size();
        Conjuncts conjuncts =
                Conjuncts.split(join, filter.condition(), conjunct -> JoinConditions.isOfRight(conjunct, width));
        return conjuncts.moving().isEmpty()
                ? Optional.empty()
                : Optional.of(conjuncts.above(JoinConditions.and(join, conjuncts.moving()), filter));
    }
}
