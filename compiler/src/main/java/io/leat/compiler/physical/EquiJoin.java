package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * A join condition taken apart.
 *
 * @param leftKeys what to look up, over the left side
 * @param rightKeys under what rows of the right side are kept, over the right side; pairwise of one type with the left ones
 * @param rightFilters what rows of the right side must satisfy to be kept at all, over the right side
 * @param residual what else a pair must satisfy, over both sides
 */
record EquiJoin(List<Expr> leftKeys, List<Expr> rightKeys, List<Expr> rightFilters, List<Expr> residual) {

    static EquiJoin of(Join join) {
        return of(join.condition(), join.left().output().size(), true, join.at());
    }

    /**
     * @param width how many columns the left side has
     * @param filters whether rows of the right side that can have no partner are of no use
     */
    static EquiJoin of(Expr condition, int width, boolean filters, Origin at) {
        List<Expr> leftKeys = new ArrayList<>();
        List<Expr> rightKeys = new ArrayList<>();
        List<Expr> rightFilters = new ArrayList<>();
        List<Expr> residual = new ArrayList<>();
        boolean overtakesNothing = true;
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            if (overtakesNothing
                    && conjunct instanceof Expr.Compare compare
                    && compare.operator() == Expr.Compare.Operator.EQUAL
                    && isPair(compare, width)) {
                boolean leftFirst = isOf(compare.left(), 0, width);
                leftKeys.add(leftFirst ? compare.left() : compare.right());
                rightKeys.add(overRight(leftFirst ? compare.right() : compare.left(), width));
            } else if (filters && isOf(conjunct, width, Integer.MAX_VALUE) && !Exprs.canFail(conjunct)) {
                rightFilters.add(overRight(conjunct, width));
            } else if (!(conjunct instanceof Expr.Literal literal && literal.is(true))) {
                residual.add(conjunct);
                overtakesNothing &= !Exprs.canFail(conjunct);
            }
        }
        if (leftKeys.isEmpty()) {
            // Every row of the right side is a candidate: they all have the same key.
            Expr any = Expr.Literal.of(true, at);
            leftKeys.add(any);
            rightKeys.add(any);
        }
        return new EquiJoin(leftKeys, rightKeys, rightFilters, residual);
    }

    private static boolean isPair(Expr.Compare compare, int width) {
        boolean straight = isOf(compare.left(), 0, width) && isOf(compare.right(), width, Integer.MAX_VALUE);
        boolean crossed = isOf(compare.right(), 0, width) && isOf(compare.left(), width, Integer.MAX_VALUE);
        return (straight || crossed) && !(compare.left().type() instanceof Type.RowType);
    }

    /** Whether an expression speaks of columns in this range, and of some. */
    private static boolean isOf(Expr expression, int from, int to) {
        return !Exprs.columns(expression).isEmpty()
                && Exprs.columns(expression).stream().allMatch(column -> column >= from && column < to);
    }

    private static Expr overRight(Expr expression, int width) {
        return Exprs.move(expression, column -> column - width);
    }
}
