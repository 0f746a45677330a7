package io.leat.compiler.optimize;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.StreamJoin;
import io.leat.runtime.type.Type.RowType;
import java.util.ArrayList;
import java.util.List;

/**
 * The condition of a join of streams, taken apart: by what partners are found, which is computed for every row of both sides, and what is
 * asked of pairs.
 */
final class JoinKeys {
    private final int width;
    private final List<Expr> ofLeft = new ArrayList<>();
    private final List<Expr> ofRight = new ArrayList<>();
    private final List<Expr> ofPairs = new ArrayList<>();

    private JoinKeys(StreamJoin join) {
        this.width = join.left().output().size();
        boolean overtakesNothing = true;
        for (Expr conjunct : Exprs.conjuncts(join.condition())) {
            if (overtakesNothing && conjunct instanceof Expr.Compare compare && isPair(compare)) {
                boolean straight = isOf(compare.left(), true);
                ofLeft.add(straight ? compare.left() : compare.right());
                ofRight.add(Exprs.move(straight ? compare.right() : compare.left(), column -> column - width));
            } else {
                ofPairs.add(conjunct);
                overtakesNothing &= !Exprs.canFail(conjunct);
            }
        }
    }

    /** The values of one side that are to equal one of the other, over the rows of that side. */
    static List<Expr> of(StreamJoin join, boolean left) {
        JoinKeys keys = new JoinKeys(join);
        return left ? keys.ofLeft : keys.ofRight;
    }

    /** What else is asked, of pairs that have equal keys. */
    static List<Expr> ofPairs(StreamJoin join) {
        return new JoinKeys(join).ofPairs;
    }

    private boolean isPair(Expr.Compare compare) {
        return compare.operator() == Expr.Compare.Operator.EQUAL
                && !(compare.left().type() instanceof RowType)
                && (isOf(compare.left(), true) && isOf(compare.right(), false)
                        || isOf(compare.right(), true) && isOf(compare.left(), false));
    }

    private boolean isOf(Expr expression, boolean left) {
        return !Exprs.columns(expression).isEmpty()
                && Exprs.columns(expression).stream().allMatch(column -> left == column < width);
    }
}
