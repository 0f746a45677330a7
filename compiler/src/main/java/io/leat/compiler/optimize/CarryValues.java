package io.leat.compiler.optimize;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.optimize.rule.Expressions;
import io.leat.compiler.optimize.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries a value that is computed below an operator along with the rows, where it is computed again above, and where the row does not
 * become dearer by that than the value is.
 *
 * <pre>
 *   project UPPER(s)                   project value
 *     join on UPPER(s) = t      =&gt;       join on value = t
 *       x                                  project s, UPPER(s) AS value
 *       y                                    x
 *                                          y
 * </pre>
 *
 * <p>Within a pipeline nothing is carried: the code that is generated for it computes nothing twice.
 */
final class CarryValues implements Rule {
    @Override
    public boolean isLast() {
        return true;
    }

    @Override
    public boolean widens() {
        return true;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return apply(node, new Place(Set.of(), Optional.empty()));
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node, Place place) {
        LogicalPlan current = node;
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < node.output().size(); i++) {
            kept.add(i);
        }
        Optional<Reader.Replaced> next = new Reader(current, kept, place).next();
        while (next.isPresent()) {
            int added = next.get().added();
            if (added >= 0) {
                kept.replaceAll(column -> column < added ? column : column + 1);
            }
            current = next.get().node();
            next = new Reader(current, kept, place).next();
        }
        if (current == node) {
            return Optional.empty();
        }
        return Optional.of(kept.size() == current.output().size() ? current : Placing.project(current, kept));
    }

    // ---- nodes
    // --------------------------------------------------------------------------------------------------

    /** The node without asking for a value, to see what else it needs. */
    static LogicalPlan without(LogicalPlan node, Expr value) {
        return replace(node, value, Expr.Literal.ofNull(value.type(), value.at()));
    }

    /** The node with something else wherever a value is asked for. */
    static LogicalPlan replace(LogicalPlan node, Expr value, Expr other) {
        return Expressions.each(node, expression -> replace(expression, Evaluated.normal(value), other));
    }

    private static Expr replace(Expr expression, Expr normal, Expr other) {
        return Exprs.rewrite(expression, each -> Evaluated.normal(each).equals(normal) ? other : each);
    }

    /** The node over a first input that may have one more column behind the others. */
    static LogicalPlan widened(LogicalPlan node, LogicalPlan input) {
        int old = node.inputs().get(0).output().size();
        int more = input.output().size() - old;
        if (node instanceof Join join) {
            Expr condition = Exprs.move(join.condition(), column -> column < old ? column : column + more);
            return new Join(join.kind(), input, join.right(), condition, join.at());
        }
        if (node instanceof StreamJoin join) {
            Expr condition = Exprs.move(join.condition(), column -> column < old ? column : column + more);
            return new StreamJoin(join.kind(), input, join.right(), condition, join.time(), join.at());
        }
        return node.withInputs(List.of(input));
    }
}
