package io.leat.compiler.logical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;

/**
 * What of a row is not computed yet, and may fail when it is: a projection computes a column where it is first asked for. A filter that
 * moves in between makes it be asked for fewer rows.
 */
public final class Unsettled {
    private Unsettled() {}

    /** Whether an expression over the rows of a plan may fail, for itself or for a column that it asks for. */
    public static boolean mayFail(LogicalPlan plan, Expr expression) {
        return Exprs.canFail(expression) || Exprs.columns(expression).stream().anyMatch(column -> column(plan, column));
    }

    /** Whether any column of a plan's rows may fail. */
    public static boolean any(LogicalPlan plan) {
        return Plans.columns(plan, plan.at()).stream().anyMatch(column -> mayFail(plan, column));
    }

    /** Whether a column of a plan's rows may fail. */
    public static boolean column(LogicalPlan plan, int column) {
        if (plan instanceof LogicalPlan.Project project) {
            return mayFail(project.input(), project.expressions().get(column));
        }
        if (plan instanceof LogicalPlan.Values values) {
            return values.rows().stream().anyMatch(row -> Exprs.canFail(row.get(column)));
        }
        if (plan instanceof LogicalPlan.Union union) {
            return union.inputs().stream().anyMatch(input -> column(input, column));
        }
        boolean passes = plan instanceof LogicalPlan.Filter
                || plan instanceof Admission
                || plan instanceof LogicalPlan.Window
                || plan instanceof LogicalPlan.Join
                || plan instanceof Repeat
                || plan instanceof Unnest;
        if (!passes) {
            // What rests was computed before.
            return false;
        }
        LogicalPlan input = plan.inputs().get(0);
        return column < input.output().size() && column(input, column);
    }
}
