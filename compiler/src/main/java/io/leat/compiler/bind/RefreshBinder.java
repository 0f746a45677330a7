package io.leat.compiler.bind;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.tree.Relation.Refreshing;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.type.Type;

/** {@code WAIT READY} and {@code REFRESH EVERY}: tables that are complete before they are looked into, and that are read again. */
final class RefreshBinder {
    private final Context context;
    private final Problems problems;

    RefreshBinder(Context context) {
        this.context = context;
        this.problems = context.problems();
    }

    /** The same rows, which are read again if that is asked for. A table that is looked into is waited for anyway. */
    BoundRelation bind(BoundRelation rows, Refreshing refreshing) {
        if (rows.plan().traits().end() == End.UNBOUNDED) {
            throw problems.abandon(
                    ErrorCode.MISPLACED_CLAUSE,
                    refreshing.at(),
                    (refreshing.every().isPresent()
                                    ? "REFRESH EVERY reads a table to its end again"
                                    : "WAIT READY waits for the end of a table")
                            + ", and " + EndChecks.endless(rows.plan()) + " never ends",
                    "leave it out, or write it behind the table that is looked up");
        }
        if (refreshing.every().isEmpty()) {
            return rows;
        }
        long micros = micros(refreshing);
        LogicalPlan plan = marked(rows.plan(), micros);
        if (plan.equals(rows.plan())) {
            throw problems.abandon(
                    ErrorCode.MISPLACED_CLAUSE,
                    refreshing.every().get().at(),
                    "there is nothing to read again: these rows are kept in memory",
                    "leave REFRESH EVERY out");
        }
        return rows.with(plan);
    }

    private static LogicalPlan marked(LogicalPlan plan, long micros) {
        if (plan instanceof LogicalPlan.Scan scan) {
            return scan.table().kind() == Table.Kind.CONNECTOR && scan.refresh() == 0 ? scan.refreshed(micros) : scan;
        }
        return plan.withInputs(
                plan.inputs().stream().map(input -> marked(input, micros)).toList());
    }

    private long micros(Refreshing refreshing) {
        Expr every = new ExpressionBinder(context, QueryBinder.nothing(refreshing.at()))
                .bind(refreshing.every().orElseThrow());
        if (every instanceof Expr.Literal literal
                && literal.type().equals(Type.INTERVAL_MICROS)
                && literal.value() instanceof Long micros
                && micros > 0) {
            return micros;
        }
        throw problems.abandon(
                ErrorCode.BAD_WINDOW,
                refreshing.every().orElseThrow().at(),
                "REFRESH EVERY takes a time of fixed length, more than 0",
                "write it in days or less, such as REFRESH EVERY INTERVAL '10' MINUTE");
    }

    /** Says of every table that is to be read again and is not looked into that this means nothing. */
    void check(LogicalPlan plan) {
        check(plan, false);
    }

    private void check(LogicalPlan plan, boolean lookedInto) {
        if (plan instanceof LogicalPlan.Scan scan && scan.refresh() > 0 && !lookedInto) {
            problems.add(
                    ErrorCode.MISPLACED_CLAUSE,
                    scan.at(),
                    "'" + scan.table().name()
                            + "' is read once here: REFRESH EVERY is for a table that a join looks into",
                    "write it on the right side of a join: t JOIN "
                            + scan.table().name() + " REFRESH EVERY INTERVAL '10' MINUTE ON …");
        }
        for (int input = 0; input < plan.inputs().size(); input++) {
            boolean right = plan instanceof LogicalPlan.Join && input == 1;
            check(plan.inputs().get(input), lookedInto || right);
        }
    }
}
