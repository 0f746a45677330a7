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
import io.leat.compiler.optimize.rule.Rule;
import io.leat.runtime.type.Type.RowType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A node whose expressions may ask for values that are computed below an operator. */
final class Reader {
    /** Each value costs a walk through all expressions of the node: beyond so many parts there would be too many walks that are too long. */
    private static final int MAX_PARTS = 1_000;
    /** And in one expression, whose parts are walked through once for each part that they are in. */
    private static final int MAX_PARTS_OF_ONE = 200;

    private final LogicalPlan node;
    private final Need[] needed;
    private final Carrier carrier;

    /**
     * @param shown where columns of the node that was there before are now; others are not read
     * @param place of that node
     */
    Reader(LogicalPlan node, List<Integer> shown, Rule.Place place) {
        this.node = node;
        this.needed = new Need[node.output().size()];
        for (int i = 0; i < shown.size(); i++) {
            int column = i;
            if (place.read().map(columns -> columns.contains(column)).orElse(true)) {
                needed[shown.get(i)] = Need.ofWhole();
            }
        }
        this.carrier = new Carrier(place.shared(), place.read().isPresent());
    }

    /**
     * A node that reads a value from a column.
     *
     * @param added the column of its output that was not there before; -1 if there is none
     */
    record Replaced(LogicalPlan node, int added) {}

    /** The node with one more of its values read from a column; empty if none is worth it. */
    Optional<Replaced> next() {
        if (!isReader() || !mayFindAny() || isLarge()) {
            return Optional.empty();
        }
        Optional<Replaced> replaced = first(read(), this::replaced);
        if (replaced.isEmpty() && node instanceof StreamJoin join) {
            // Pairs are looked at behind the operator that finds them.
            return first(JoinKeys.ofPairs(join), value -> ofPairs(join, value));
        }
        return replaced;
    }

    /** What the node evaluates; of a projection what somebody reads. */
    private List<Expr> read() {
        return node instanceof Project project
                ? Need.columns(needed).stream().map(project.expressions()::get).toList()
                : Plans.expressions(node);
    }

    /** Pairs may have what the join itself computes; otherwise there must be an operator below. */
    private boolean mayFindAny() {
        return node instanceof StreamJoin || node.inputs().stream().anyMatch(Carrier::endsAtOperator);
    }

    private boolean isLarge() {
        int left = MAX_PARTS;
        for (Expr expression : Plans.expressions(node)) {
            int parts = parts(expression);
            left -= parts;
            if (parts > MAX_PARTS_OF_ONE || left < 0) {
                return true;
            }
        }
        return false;
    }

    /** How many parts an expression has; a few too many if it is large. */
    private static int parts(Expr expression) {
        Deque<Expr> left = new ArrayDeque<>(List.of(expression));
        int parts = 0;
        while (!left.isEmpty() && parts <= MAX_PARTS_OF_ONE) {
            left.addAll(left.pop().children());
            parts++;
        }
        return parts + left.size();
    }

    private boolean isReader() {
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

    private Optional<Replaced> replaced(Expr value) {
        LogicalPlan first = node.inputs().get(0);
        int width = first.output().size();
        boolean left = Exprs.columns(value).stream().allMatch(column -> column < width);
        boolean right = node instanceof StreamJoin join
                && !(join.time() instanceof JoinTime.AsOf || join.time() instanceof JoinTime.Lookup)
                && Exprs.columns(value).stream().allMatch(column -> column >= width);
        if (!left && !right) {
            return Optional.empty();
        }
        List<Need[]> ofInputs = Needs.ofInputs(CarryValues.without(node, value), needed);
        Expr own = left ? value : Exprs.move(value, column -> column - width);
        LogicalPlan input = node.inputs().get(left ? 0 : 1);
        Optional<Carried> found = carrier.find(input, own, ofInputs.get(left ? 0 : 1))
                .filter(each -> each.price() < ValueCost.toCompute(value));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        LogicalPlan carrying = found.get().plan();
        boolean more = carrying.output().size() > input.output().size();
        boolean shows = more && !(node instanceof Project || node instanceof Aggregate);
        Expr column = found.get().value(value);
        if (left) {
            LogicalPlan replaced = CarryValues.replace(CarryValues.widened(node, carrying), value, column);
            return Optional.of(new Replaced(replaced, shows ? width : -1));
        }
        LogicalPlan over = node.withInputs(List.of(first, carrying));
        boolean lasts = shows && ((StreamJoin) node).kind().hasRightColumns();
        return Optional.of(new Replaced(
                CarryValues.replace(over, value, Exprs.move(column, each -> each + width)),
                lasts ? node.output().size() : -1));
    }

    private Optional<Replaced> ofPairs(StreamJoin join, Expr value) {
        return carrier.intoPairs(join, value, needed)
                .filter(pairs -> pairs.price() < ValueCost.toCompute(value))
                .map(pairs -> new Replaced(pairs.join(), pairs.added()));
    }
}
