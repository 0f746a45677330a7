package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.JoinTime.Unbounded;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.StreamJoin;
import io.leat.runtime.job.JoinKind;
import java.util.Optional;

/**
 * Moves conjuncts of a join's condition that only speak of one side below it, where a row for which they are not TRUE is of no use: on the
 * left side of inner and semi joins, on the right side of all but full joins. On the right side of a join without a bound in time they are
 * asked before rows are kept anyway.
 *
 * <pre>
 *   join of streams on l AND x = y         join of streams on x = y
 *     left                            =&gt;     filter l
 *     right                                    left
 *                                            right
 * </pre>
 */
public final class PushConditionBelowStreamJoin implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof StreamJoin join) || Exprs.canFail(join.condition())) {
            return Optional.empty();
        }
        boolean ofLeft = join.kind() == JoinKind.INNER || join.kind() == JoinKind.SEMI;
        boolean ofRight = join.kind() != JoinKind.FULL
                && !(join.time() instanceof Unbounded)
                && JoinSides.rightMayBeFiltered(join);
        int width = join.left().output().size();
        JoinSides sides = JoinSides.of(Exprs.conjuncts(join.condition()), width, ofLeft, ofRight);
        return sides.areEmpty() ? Optional.empty() : Optional.of(sides.below(join, Exprs.and(sides.both()), join.at()));
    }
}
