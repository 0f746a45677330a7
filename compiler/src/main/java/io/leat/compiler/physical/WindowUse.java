package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.Traits.WindowColumns;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the bounds of a window are looked at before its groups are made. If they are only grouped by, a row is put into its slice
 * once and never expanded to its windows.
 */
final class WindowUse {
    private WindowUse() {}

    /**
     * Whether anything between an aggregate and the window below it computes with the window's columns, or groups by a bound that is
     * there twice: of the second one only its value is known, not that it is a bound.
     */
    static boolean isLookedAt(LogicalPlan.Aggregate aggregate) {
        Set<Integer> bounds = bounds(aggregate.input());
        Optional<WindowColumns> window = aggregate.input().traits().window();
        boolean byKeys = aggregate.keys().stream()
                .anyMatch(key -> bounds.contains(key)
                        && window.filter(columns -> columns.holds(key)).isEmpty());
        boolean byCalls = aggregate.calls().stream()
                .anyMatch(call -> call.argument()
                                .filter(argument -> uses(argument, bounds))
                                .isPresent()
                        || call.filter().filter(filter -> uses(filter, bounds)).isPresent());
        return byKeys || byCalls || isLookedAt(aggregate.input());
    }

    /** All columns of a plan that hold a bound of the window. */
    private static Set<Integer> bounds(LogicalPlan plan) {
        Set<Integer> bounds = new HashSet<>();
        if (plan instanceof LogicalPlan.Window window) {
            bounds.addAll(behind(window.input()));
        } else if (plan instanceof Sessions sessions) {
            bounds.addAll(behind(sessions.input()));
        } else if (plan instanceof LogicalPlan.Project project) {
            Set<Integer> below = bounds(project.input());
            for (int i = 0; i < project.expressions().size(); i++) {
                if (project.expressions().get(i) instanceof Expr.Column column && below.contains(column.index())) {
                    bounds.add(i);
                }
            }
        } else if (plan instanceof LogicalPlan.Filter
                || plan instanceof Admission
                || plan instanceof LogicalPlan.Join) {
            bounds.addAll(bounds(plan.inputs().get(0)));
        }
        return bounds;
    }

    private static Set<Integer> behind(LogicalPlan rows) {
        int first = rows.output().size();
        return Set.of(first, first + 1, first + 2);
    }

    private static boolean isLookedAt(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Filter filter) {
            return uses(filter.condition(), bounds(filter.input())) || isLookedAt(filter.input());
        }
        if (plan instanceof Admission admission) {
            return uses(admission.condition(), bounds(admission.input())) || isLookedAt(admission.input());
        }
        if (plan instanceof LogicalPlan.Project project) {
            Set<Integer> below = bounds(project.input());
            return project.expressions().stream().anyMatch(each -> !(each instanceof Expr.Column) && uses(each, below))
                    || isLookedAt(project.input());
        }
        if (plan instanceof LogicalPlan.Join join) {
            return uses(join.condition(), bounds(join.left())) || isLookedAt(join.left());
        }
        // Rows that come out of a join of streams, or from several inputs, have their windows with them.
        return plan instanceof StreamJoin || plan instanceof LogicalPlan.Union;
    }

    private static boolean uses(Expr expression, Set<Integer> columns) {
        return Exprs.columns(expression).stream().anyMatch(columns::contains);
    }
}
