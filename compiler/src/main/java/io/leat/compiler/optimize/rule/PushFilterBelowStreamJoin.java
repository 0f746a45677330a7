package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.StreamJoin;
import io.leat.runtime.job.JoinKind;
import java.util.List;
import java.util.Optional;

/**
 * Moves conjuncts that only speak of one side of a join of streams below it, so that other rows are not kept: of an inner join on both
 * sides, of others on the left one, of a full join none. A row whose partner is filtered out is not one that has none.
 *
 * <pre>
 *   filter l AND r              join of streams
 *     join of streams             filter l
 *       left              =&gt;        left
 *       right                     filter r
 *                                   right
 * </pre>
 */
public final class PushFilterBelowStreamJoin implements Rule {
    @Override
    public boolean narrows() {
        return true;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter filter && filter.input() instanceof StreamJoin join)
                || join.kind() == JoinKind.FULL
                || Exprs.canFail(join.condition())) {
            return Optional.empty();
        }
        boolean ofRight = join.kind() == JoinKind.INNER && JoinSides.rightMayBeFiltered(join);
        int width = join.left().output().size();
        Conjuncts conjuncts = Conjuncts.split(
                join,
                filter.condition(),
                conjunct ->
                        !JoinSides.of(List.of(conjunct), width, true, ofRight).areEmpty());
        if (conjuncts.moving().isEmpty()) {
            return Optional.empty();
        }
        JoinSides sides = JoinSides.of(conjuncts.moving(), width, true, ofRight);
        return Optional.of(conjuncts.above(sides.below(join, join.condition(), filter.at()), filter));
    }
}
