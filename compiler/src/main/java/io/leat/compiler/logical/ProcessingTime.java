package io.leat.compiler.logical;

import io.leat.compiler.expr.Expr;

/**
 * Which columns hold the processing time: what {@code PROCTIME()} is where a row comes from a source, or from where it last rested. Once
 * it has rested, the column is a time like others, since the clock has gone on.
 */
public final class ProcessingTime {
    private static final String FUNCTION = "PROCTIME";

    private ProcessingTime() {}

    public static boolean isProcessingTime(Expr expression) {
        return expression instanceof Expr.Call call && call.function().name().equals(FUNCTION);
    }

    /** Whether a column of a plan is the time at which its rows come by. */
    public static boolean isIn(LogicalPlan plan, int column) {
        if (plan instanceof LogicalPlan.Project project) {
            Expr expression = project.expressions().get(column);
            return expression instanceof Expr.Column below
                    ? isIn(project.input(), below.index())
                    : isProcessingTime(expression);
        }
        if (plan instanceof LogicalPlan.Union union) {
            return union.inputs().stream().allMatch(input -> isIn(input, column));
        }
        boolean passes = plan instanceof LogicalPlan.Filter
                || plan instanceof LogicalPlan.Join
                || plan instanceof LogicalPlan.Window;
        LogicalPlan first = passes ? plan.inputs().get(0) : null;
        return passes && column < first.output().size() && isIn(first, column);
    }

    /** Whether a column was the processing time of rows that have rested since. */
    public static boolean wasIn(LogicalPlan plan, int column) {
        if (isIn(plan, column)) {
            return false;
        }
        if (plan instanceof LogicalPlan.Project project) {
            return project.expressions().get(column) instanceof Expr.Column below
                    && was(project.input(), below.index());
        }
        if (plan instanceof LogicalPlan.Aggregate aggregate) {
            return column < aggregate.keys().size()
                    && was(aggregate.input(), aggregate.keys().get(column));
        }
        int first = 0;
        for (LogicalPlan input : plan.inputs()) {
            int width = input.output().size();
            if (column >= first && column < first + width && was(input, column - first)) {
                return true;
            }
            first += plan instanceof LogicalPlan.Union ? 0 : width;
        }
        return false;
    }

    private static boolean was(LogicalPlan plan, int column) {
        return isIn(plan, column) || wasIn(plan, column);
    }
}
