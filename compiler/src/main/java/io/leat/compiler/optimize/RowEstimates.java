package io.leat.compiler.optimize;

import io.leat.compiler.catalog.TableSizes;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.LogicalPlan.Limit;
import io.leat.compiler.logical.LogicalPlan.Scan;
import io.leat.compiler.logical.LogicalPlan.Union;
import io.leat.compiler.logical.LogicalPlan.Values;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Unnest;
import java.util.OptionalLong;

/**
 * Guesses how many rows a plan has, from the sizes of its tables. Only the order of guesses counts: what shares it takes of a filter are
 * those that others take, too, where nothing is known of the values.
 */
final class RowEstimates {
    /** A table of which nothing is known, where something is known of others: better read than kept. */
    private static final double UNKNOWN_ROWS = 1e6;

    private static final double EQUAL_SHARE = 0.05;
    private static final double RANGE_SHARE = 0.3;
    private static final double LIKE_SHARE = 0.1;
    private static final double OTHER_SHARE = 0.5;
    private static final double ROWS_PER_GROUP = 10;
    private static final double ROWS_PER_ARRAY = 3;

    private final TableSizes sizes;

    RowEstimates(TableSizes sizes) {
        this.sizes = sizes;
    }

    /** Whether the size of some table below is known. */
    boolean knows(LogicalPlan plan) {
        if (plan instanceof Scan scan) {
            return sizes.rows(scan.table()).isPresent();
        }
        return plan instanceof Values || plan.inputs().stream().anyMatch(this::knows);
    }

    /** About how many rows come out, one at least. */
    double rows(LogicalPlan plan) {
        return Math.max(1, guess(plan));
    }

    /** The same as if no filter on the way left anything out: how many values a column may have. */
    double rowsBeforeFilters(LogicalPlan plan) {
        boolean passes = plan instanceof Filter
                || plan instanceof LogicalPlan.Project
                || plan instanceof Join join && !join.kind().hasRightColumns();
        return passes ? rowsBeforeFilters(plan.inputs().get(0)) : rows(plan);
    }

    private double guess(LogicalPlan plan) {
        if (plan instanceof Scan scan) {
            OptionalLong known = sizes.rows(scan.table());
            return known.isPresent() ? known.getAsLong() : UNKNOWN_ROWS;
        }
        if (plan instanceof Values values) {
            return values.rows().size();
        }
        double input = rows(plan.inputs().get(0));
        if (plan instanceof Filter filter) {
            return input * share(filter.condition());
        }
        if (plan instanceof Join join) {
            return switch (join.kind()) {
                case INNER -> Math.max(input, rows(join.right()));
                case LEFT, MARK -> input;
                case SEMI, ANTI -> input * OTHER_SHARE;
            };
        }
        if (plan instanceof Aggregate aggregate) {
            return aggregate.keys().isEmpty() ? 1 : input / ROWS_PER_GROUP;
        }
        if (plan instanceof Limit limit) {
            return limit.count() < 0 ? input : Math.min(input, limit.count());
        }
        if (plan instanceof TopN) {
            return input / ROWS_PER_GROUP;
        }
        if (plan instanceof Union union) {
            return union.inputs().stream().mapToDouble(this::rows).sum();
        }
        return plan instanceof Unnest ? input * ROWS_PER_ARRAY : input;
    }

    /** About what share of rows a condition holds for. */
    static double share(Expr condition) {
        double share = 1;
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            share *= one(conjunct);
        }
        return share;
    }

    private static double one(Expr condition) {
        if (condition instanceof Compare compare) {
            return switch (compare.operator()) {
                case EQUAL, NOT_DISTINCT -> EQUAL_SHARE;
                case NOT_EQUAL, DISTINCT -> 1 - EQUAL_SHARE;
                default -> RANGE_SHARE;
            };
        }
        if (condition instanceof Expr.Not not) {
            return 1 - Math.min(OTHER_SHARE, share(not.operand()));
        }
        if (condition instanceof Expr.Logical any && !any.and()) {
            double sum =
                    any.operands().stream().mapToDouble(RowEstimates::share).sum();
            return Math.min(1, sum);
        }
        if (condition instanceof Expr.Literal literal) {
            return literal.is(true) ? 1 : 0;
        }
        return condition instanceof Expr.Call call && call.function().name().contains("LIKE")
                ? LIKE_SHARE
                : OTHER_SHARE;
    }
}
