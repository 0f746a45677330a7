package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The conjuncts of a filter, split into those that can move below what it stands on and those that stay. One that moves overtakes
 * those that stay before it, so neither may fail.
 */
record Conjuncts(List<Expr> moving, List<Expr> staying) {

    static Conjuncts split(Expr condition, Predicate<Expr> movable) {
        List<Expr> moving = new ArrayList<>();
        List<Expr> staying = new ArrayList<>();
        boolean overtakesNothing = true;
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            if (overtakesNothing && !Exprs.canFail(conjunct) && movable.test(conjunct)) {
                moving.add(conjunct);
            } else {
                staying.add(conjunct);
                overtakesNothing &= !Exprs.canFail(conjunct);
            }
        }
        return new Conjuncts(moving, staying);
    }
}
