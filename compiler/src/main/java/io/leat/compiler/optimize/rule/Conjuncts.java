package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.Unsettled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The conjuncts of a filter, split into those that can move below what it stands on and those that stay. One that moves overtakes
 * those that stay before it, so neither may fail. A conjunct without columns stays: it is the same for every row.
 */
record Conjuncts(List<Expr> moving, List<Expr> staying) {

    /**
     * @param plan whose rows the condition speaks of
     */
    static Conjuncts split(LogicalPlan plan, Expr condition, Predicate<Expr> movable) {
        List<Expr> moving = new ArrayList<>();
        List<Expr> staying = new ArrayList<>();
        boolean overtakesNothing = true;
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            boolean mayFail = Unsettled.mayFail(plan, conjunct);
            if (overtakesNothing && !mayFail && !Exprs.columns(conjunct).isEmpty() && movable.test(conjunct)) {
                moving.add(conjunct);
            } else {
                staying.add(conjunct);
                overtakesNothing &= !mayFail;
            }
        }
        return new Conjuncts(moving, staying);
    }

    /** A plan below which the conjuncts that can move have moved, with the others above it. */
    LogicalPlan above(LogicalPlan moved, Filter filter) {
        return staying.isEmpty() ? moved : new Filter(moved, Exprs.and(staying), filter.at());
    }
}
