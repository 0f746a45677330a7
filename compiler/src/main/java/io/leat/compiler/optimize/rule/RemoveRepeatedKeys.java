package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.Project;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Traits.WindowColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Groups by nothing twice, and by no constant, as long as something is left to group by: without keys there would be a group even of no
 * rows. Bounds of windows stay.
 *
 * <pre>
 *   aggregate by a, 1, a             project a, 1, a
 *     project a, 1, a        =&gt;        aggregate by a
 *       x                               project a, 1, a
 *                                         x
 * </pre>
 */
public final class RemoveRepeatedKeys implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Aggregate aggregate) || aggregate.keys().size() < 2) {
            return Optional.empty();
        }
        List<Integer> kept = new ArrayList<>();
        for (int key : aggregate.keys()) {
            boolean known = isConstant(aggregate, key) || kept.stream().anyMatch(other -> same(aggregate, other, key));
            if (!known) {
                kept.add(key);
            }
        }
        if (kept.isEmpty()) {
            kept.add(aggregate.keys().get(0));
        }
        if (kept.size() == aggregate.keys().size()) {
            return Optional.empty();
        }
        Aggregate fewer =
                new Aggregate(aggregate.input(), kept, aggregate.calls(), aggregate.windowed(), aggregate.at());
        return Optional.of(new Project(fewer, columns(aggregate, fewer), Plans.names(aggregate), aggregate.at()));
    }

    private static List<Expr> columns(Aggregate aggregate, Aggregate fewer) {
        List<Expr> all = Plans.columns(fewer, aggregate.at());
        List<Integer> kept = fewer.keys();
        List<Expr> columns = new ArrayList<>();
        for (int key : aggregate.keys()) {
            int at = 0;
            while (at < kept.size() && !same(aggregate, kept.get(at), key)) {
                at++;
            }
            columns.add(at < kept.size() ? all.get(at) : expression(aggregate, key));
        }
        columns.addAll(all.subList(kept.size(), all.size()));
        return columns;
    }

    private static boolean isConstant(Aggregate aggregate, int key) {
        return !isBound(aggregate, key) && expression(aggregate, key) instanceof Expr.Literal;
    }

    private static boolean same(Aggregate aggregate, int key, int other) {
        return key == other
                || !isBound(aggregate, key)
                        && !isBound(aggregate, other)
                        && expression(aggregate, key).equals(expression(aggregate, other));
    }

    private static boolean isBound(Aggregate aggregate, int key) {
        Optional<WindowColumns> window = aggregate.input().traits().window();
        return window.filter(columns -> columns.holds(key)).isPresent();
    }

    private static Expr expression(Aggregate aggregate, int key) {
        return aggregate.input() instanceof Project project
                ? project.expressions().get(key)
                : Plans.columns(aggregate.input(), aggregate.at()).get(key);
    }
}
