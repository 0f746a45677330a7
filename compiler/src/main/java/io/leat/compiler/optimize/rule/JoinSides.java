package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.JoinTime.AsOf;
import io.leat.compiler.logical.JoinTime.Lookup;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.StreamJoin;
import io.leat.grammar.source.Origin;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions on the sides of a join of streams.
 *
 * @param left conjuncts that only speak of the left side
 * @param right conjuncts that only speak of the right side, over all columns of the join
 * @param both the others
 */
record JoinSides(List<Expr> left, List<Expr> right, List<Expr> both) {

    /**
     * @param ofLeft whether conjuncts on the left side are looked for, rather than left among the others
     */
    static JoinSides of(List<Expr> conjuncts, int width, boolean ofLeft, boolean ofRight) {
        JoinSides sides = new JoinSides(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Expr conjunct : conjuncts) {
            boolean constant = Exprs.columns(conjunct).isEmpty();
            boolean leftOnly = Exprs.columns(conjunct).stream().allMatch(column -> column < width);
            boolean rightOnly = Exprs.columns(conjunct).stream().allMatch(column -> column >= width);
            if (!constant && leftOnly && ofLeft) {
                sides.left.add(conjunct);
            } else if (!constant && rightOnly && ofRight) {
                sides.right.add(conjunct);
            } else {
                sides.both.add(conjunct);
            }
        }
        return sides;
    }

    boolean areEmpty() {
        return left.isEmpty() && right.isEmpty();
    }

    /** The join with these conditions asked of its sides, and another condition of its own. */
    StreamJoin below(StreamJoin join, Expr condition, Origin at) {
        int width = join.left().output().size();
        List<Expr> overRight = right.stream()
                .map(conjunct -> Exprs.move(conjunct, column -> column - width))
                .toList();
        LogicalPlan newLeft = left.isEmpty() ? join.left() : keep(join.left(), left, at);
        LogicalPlan newRight = right.isEmpty() ? join.right() : keep(join.right(), overRight, at);
        return new StreamJoin(join.kind(), newLeft, newRight, condition, join.time(), join.at());
    }

    private static LogicalPlan keep(LogicalPlan side, List<Expr> conjuncts, Origin at) {
        List<Expr> own =
                conjuncts.stream().map(each -> Nullability.asOf(each, side)).toList();
        return Doors.keep(side, own, false, at);
    }

    /** Whether conditions on the right side may be asked before rows are joined: not where the last row before a time is looked for,
     * or a table is asked for keys. */
    static boolean rightMayBeFiltered(StreamJoin join) {
        return !(join.time() instanceof AsOf || join.time() instanceof Lookup);
    }
}
