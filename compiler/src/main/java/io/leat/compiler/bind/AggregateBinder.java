package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Traits.WindowColumns;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Groups and their aggregates to a plan. Groups of one window each end with it; others end with their input. */
final class AggregateBinder {
    private final Problems problems;

    AggregateBinder(Problems problems) {
        this.problems = problems;
    }

    /**
     * @param expiry when a group is over that got no more rows
     * @param keys over the rows of the input
     * @param calls over the rows of the input
     */
    LogicalPlan aggregate(
            LogicalPlan input, Optional<Expiry> expiry, List<Expr> keys, List<AggregateCall> calls, Origin at) {
        for (Expr key : keys) {
            if (key.type() instanceof RowType) {
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED, key.at(), "rows cannot be grouped by", "group by the row's fields");
            }
        }
        LogicalPlan rows = withKeys(input, keys, at);
        List<Integer> columns = new ArrayList<>();
        int computed = input.output().size();
        for (Expr key : keys) {
            columns.add(key instanceof Expr.Column column ? column.index() : computed++);
        }
        if (expiry.isPresent()) {
            LogicalPlan lives = expiry.get().lives(rows, columns, "these groups");
            columns.addAll(Expiry.lifeColumns(lives));
            LogicalPlan groups = groups(lives, columns, calls, true, at);
            return without(groups, columns.size() - 2, 2, at);
        }
        Optional<WindowColumns> window = rows.traits().window();
        boolean completed = window.isPresent() && needsEnd(window.get(), columns);
        if (completed) {
            columns.add(window.get().end());
        }
        boolean windowed = window.isPresent() && window.get().endIsKnownFrom(columns);
        LogicalPlan groups = groups(rows, columns, calls, windowed, at);
        return completed ? without(groups, columns.size() - 1, 1, at) : groups;
    }

    private static LogicalPlan groups(
            LogicalPlan rows, List<Integer> keys, List<AggregateCall> calls, boolean windowed, Origin at) {
        SessionInputs.Grouped grouped = SessionInputs.before(rows, calls);
        return new LogicalPlan.Aggregate(grouped.rows(), keys, grouped.calls(), windowed, at);
    }

    /** Whether groups by the start of a window are groups by the window, whose end is to be found only in its own column. */
    private static boolean needsEnd(WindowColumns window, List<Integer> columns) {
        return !window.endIsKnownFrom(columns)
                && window.start() >= 0
                && window.end() >= 0
                && window.kind().startDetermines()
                && columns.contains(window.start());
    }

    private static LogicalPlan without(LogicalPlan plan, int from, int count, Origin at) {
        List<Expr> expressions = new ArrayList<>(Plans.columns(plan, at));
        List<String> names = new ArrayList<>(Plans.names(plan));
        expressions.subList(from, from + count).clear();
        names.subList(from, from + count).clear();
        return new LogicalPlan.Project(plan, expressions, names, at);
    }

    /** The rows with a column for each key that is none yet. */
    private static LogicalPlan withKeys(LogicalPlan input, List<Expr> keys, Origin at) {
        if (keys.stream().allMatch(Expr.Column.class::isInstance)) {
            return input;
        }
        List<Expr> expressions = new ArrayList<>(Plans.columns(input, at));
        List<String> names = new ArrayList<>(Plans.names(input));
        for (int i = 0; i < keys.size(); i++) {
            if (!(keys.get(i) instanceof Expr.Column)) {
                expressions.add(keys.get(i));
                names.add("key" + (i + 1));
            }
        }
        return new LogicalPlan.Project(input, expressions, names, at);
    }
}
