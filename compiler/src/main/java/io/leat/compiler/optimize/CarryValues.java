package io.leat.compiler.optimize;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.LogicalPlan.Project;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.optimize.Carrier.Carried;
import io.leat.compiler.optimize.rule.Expressions;
import io.leat.compiler.optimize.rule.Rule;
import io.leat.runtime.type.Type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
        return apply(node, Set.of());
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node, Set<LogicalPlan> shared) {
        Carrier carrier = new Carrier(shared);
        LogicalPlan current = node;
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < node.output().size(); i++) {
            kept.add(i);
        }
        Optional<Replaced> next = next(current, carrier);
        while (next.isPresent()) {
            int added = next.get().added();
            if (added >= 0) {
                kept.replaceAll(column -> column < added ? column : column + 1);
            }
            current = next.get().node();
            next = next(current, carrier);
        }
        if (current == node) {
            return Optional.empty();
        }
        return Optional.of(kept.size() == current.output().size() ? current : Placing.project(current, kept));
    }

    /**
     * A node that reads a value from a column.
     *
     * @param added the column of its output that was not there before; -1 if there is none
     */
    private record Replaced(LogicalPlan node, int added) {}

    private static Optional<Replaced> next(LogicalPlan node, Carrier carrier) {
        if (!isReader(node)) {
            return Optional.empty();
        }
        Optional<Replaced> replaced =
                first(Plans.expressions(node), value -> replaced(node, value, carrier));
        if (replaced.isEmpty() && node instanceof StreamJoin join) {
            // Pairs are looked at behind the operator that finds them.
            return first(JoinKeys.ofPairs(join), value -> ofPairs(join, value, carrier));
        }
        return replaced;
    }

    private static boolean isReader(LogicalPlan node) {
        return node instanceof Project
                || node instanceof Filter
                || node instanceof Admission
                || node instanceof Aggregate
                || node instanceof Join
                || node instanceof StreamJoin
                || node instanceof Over over && Carrier.areOrdered(over.input());
    }

    /** Of values in expressions the first that is worth it; the largest of those that are parts of each other. */
    private static Optional<Replaced> first(List<Expr> expressions, Function<Expr, Optional<Replaced>> replaced) {
        for (Expr expression : expressions) {
            Optional<Replaced> found = isValue(expression) ? replaced.apply(expression) : Optional.empty();
            if (found.isEmpty()) {
                found = first(expression.children(), replaced);
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isValue(Expr expression) {
        return ValueCost.toCompute(expression) > 0
                && !(expression instanceof Expr.Item)
                && !(expression.type() instanceof RowType)
                && !Exprs.columns(expression).isEmpty()
                && Exprs.isDeterministic(expression);
    }

    private static Optional<Replaced> replaced(LogicalPlan node, Expr value, Carrier carrier) {
        LogicalPlan first = node.inputs().get(0);
        int width = first.output().size();
        boolean left = Exprs.columns(value).stream().allMatch(column -> column < width);
        boolean right = node instanceof StreamJoin join
                && !(join.time() instanceof JoinTime.AsOf || join.time() instanceof JoinTime.Lookup)
                && Exprs.columns(value).stream().allMatch(column -> column >= width);
        if (!left && !right) {
            return Optional.empty();
        }
        List<Need[]> needed =
                Needs.ofInputs(without(node, value), Needs.all(node.output().size()));
        Expr own = left ? value : Exprs.move(value, column -> column - width);
        LogicalPlan input = node.inputs().get(left ? 0 : 1);
        Optional<Carried> found = carrier.find(input, own, needed.get(left ? 0 : 1))
                .filter(each -> each.price() < ValueCost.toCompute(value));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        LogicalPlan carrying = found.get().plan();
        boolean more = carrying.output().size() > input.output().size();
        boolean shows = more && !(node instanceof Project || node instanceof Aggregate);
        Expr column = found.get().value(value);
        if (left) {
            LogicalPlan replaced = replace(widened(node, carrying), value, column);
            return Optional.of(new Replaced(replaced, shows ? width : -1));
        }
        LogicalPlan over = node.withInputs(List.of(first, carrying));
        boolean lasts = shows && ((StreamJoin) node).kind().hasRightColumns();
        return Optional.of(new Replaced(
                replace(over, value, Exprs.move(column, each -> each + width)),
                lasts ? node.output().size() : -1));
    }

    private static Optional<Replaced> ofPairs(StreamJoin join, Expr value, Carrier carrier) {
        return carrier.intoPairs(join, value, Needs.all(join.output().size()))
                .filter(pairs -> pairs.price() < ValueCost.toCompute(value))
                .map(pairs -> new Replaced(pairs.join(), pairs.added()));
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
