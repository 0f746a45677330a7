package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves conjuncts of a join's condition that only speak of the left side below it, where a row for which they are not TRUE has no use: in
 * inner and semi joins. Conjuncts on the right side are asked before rows are kept anyway.
 *
 * <pre>
 *   inner join on l AND x = y       inner join on x = y
 *     left                     =&gt;     filter l
 *     right                             left
 *                                     right
 * </pre>
 */
public final class PushConditionBelowJoin implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Join join
                && (join.kind() == Join.Kind.INNER || join.kind() == Join.Kind.SEMI)
                && !JoinConditions.mayFail(join))) {
            return Optional.empty();
        }
        int width = join.left().output().size();
        List<Expr> moving = new ArrayList<>();
        List<Expr> staying = new ArrayList<>();
        for (Expr conjunct : Exprs.conjuncts(join.condition())) {
            (JoinConditions.isOfLeft(conjunct, width) ? moving : staying).add(conjunct);
        }
        if (moving.isEmpty()) {
            return Optional.empty();
        }
        LogicalPlan left = new Filter(join.left(), Exprs.and(moving), join.at());
        return Optional.of(new Join(join.kind(), left, join.right(), Exprs.and(staying), join.at()));
    }
}
