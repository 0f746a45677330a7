package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * The subqueries of expressions over some rows while they are collected. An expression is first bound with a stand-in for each of them;
 * {@link #join} then makes the plan in which the rows are joined with them, and {@link #replace} turns expressions into ones over its
 * columns.
 */
final class Subqueries {
    /** Columns from here on stand for subqueries. */
    static final int STAND_IN = 1 << 26;
    /** Columns from here on stand for subqueries of groups. */
    private static final int OF_GROUPS = 1 << 27;

    private final Context context;
    private final BoundRelation rows;
    private final int standIn;
    private final Optional<Subqueries> below;
    private final List<Asked> asked = new ArrayList<>();
    private List<Expr> values = List.of();
    private boolean grouped;
    /** What a column of the rows is in the plan that is joined. */
    private IntFunction<Expr> columns;

    /** A subquery as written and as bound. */
    private record Asked(Expression written, Subquery bound) {}

    private Subqueries(Context context, BoundRelation rows, int standIn, Optional<Subqueries> below) {
        this.context = context;
        this.rows = rows;
        this.standIn = standIn;
        this.below = below;
        this.columns = this::column;
    }

    /** Of expressions over rows. */
    static Subqueries of(Context context, BoundRelation rows) {
        return new Subqueries(context, rows, STAND_IN, Optional.empty());
    }

    /** Of expressions over the groups of these rows. What the rows are grouped by stands for itself. */
    Subqueries ofGroups() {
        return new Subqueries(context, rows, OF_GROUPS, Optional.of(this));
    }

    /** The expressions that ask these subqueries. */
    ExpressionBinder binder() {
        return binder(Aliases.none(context.problems()));
    }

    /** The expressions that ask these subqueries, and may speak of selected values by their names. */
    ExpressionBinder binder(Aliases aliases) {
        return new ExpressionBinder(context, rows, Optional.empty(), Optional.empty(), aliases, Optional.of(this));
    }

    boolean isEmpty() {
        return asked.isEmpty();
    }

    /**
     * Notes a subquery and answers with a stand-in for its value. One that is written twice is asked once.
     *
     * @param expressions binds what is looked for in it
     */
    Expr add(Expression written, ExpressionBinder expressions) {
        int known = below.map(each -> each.find(written)).orElse(-1);
        if (known >= 0) {
            return below.get().standIn(known, written.at());
        }
        int index = find(written);
        if (index < 0) {
            int before = context.problems().errors();
            Subquery bound = new SubqueryBinder(context, rows).bind(written, expressions);
            if (context.problems().errors() > before) {
                return Expr.Literal.ofNull(Type.NULL, written.at());
            }
            index = asked.size();
            asked.add(new Asked(written, bound));
        }
        return standIn(index, written.at());
    }

    private int find(Expression written) {
        for (int i = 0; i < asked.size(); i++) {
            if (asked.get(i).written().equals(written)) {
                return i;
            }
        }
        return -1;
    }

    private Expr standIn(int index, Origin at) {
        Subquery bound = asked.get(index).bound();
        return new Expr.Column(standIn + index, bound.name(), bound.type(), true, at);
    }

    /** How long the rows stand; of groups of them that was said below. */
    private Optional<Expiry> expiry() {
        return grouped ? Optional.empty() : rows.expiry();
    }

    private Expr column(int index) {
        return rows.column(index, Origin.NONE);
    }

    /** The columns of the rows that subqueries speak of. */
    List<Integer> outside() {
        return asked.stream()
                .flatMap(each -> each.bound().outside().stream())
                .map(Expr.Outer::index)
                .distinct()
                .toList();
    }

    /**
     * Changes what the subqueries speak of.
     *
     * @param change turns expressions over the rows into ones over the plan that is joined
     */
    void change(UnaryOperator<Expr> change) {
        asked.replaceAll(each -> new Asked(each.written(), each.bound().change(change)));
        // Errors are found now, and not when plans are made.
        for (Asked each : asked) {
            for (Expr.Outer outer : each.bound().outside()) {
                Expr unused = change.apply(rows.column(outer.index(), outer.at()));
            }
        }
        this.columns = index -> change.apply(column(index));
        this.grouped = below.isPresent();
    }

    /** A plan with the columns of another one first, and what is known of its rows from subqueries behind them. */
    LogicalPlan join(LogicalPlan plan) {
        LogicalPlan joined = plan;
        List<Expr> found = new ArrayList<>();
        values = found;
        for (Asked each : asked) {
            Subquery bound = each.bound().change(this::replace);
            SubqueryJoin.Joined with = new SubqueryJoin(context, expiry(), columns).join(joined, bound);
            joined = with.plan();
            found.add(with.value());
        }
        return joined;
    }

    /**
     * An expression in which only the subqueries are over the columns of {@link #join}'s plan.
     *
     * @param change turns expressions over that plan into ones over what the others are over
     */
    Expr replaceIn(Expr expression, UnaryOperator<Expr> change) {
        return Exprs.rewrite(
                expression,
                node -> node instanceof Expr.Column column && column.index() >= standIn
                        ? change.apply(values.get(column.index() - standIn))
                        : node);
    }

    /** The expression over the columns of {@link #join}'s plan. */
    Expr replace(Expr expression) {
        if (expression instanceof Expr.Column column) {
            if (column.index() >= STAND_IN && column.index() < OF_GROUPS && below.isPresent()) {
                context.problems()
                        .add(
                                ErrorCode.NOT_GROUPED,
                                column.at(),
                                "this subquery is part of what is grouped by",
                                "add it to GROUP BY by itself");
                return Expr.Literal.ofNull(column.type(), column.at());
            }
            return column.index() >= standIn ? values.get(column.index() - standIn) : column;
        }
        if (asked.isEmpty() || expression.children().isEmpty()) {
            return expression;
        }
        return expression.withChildren(
                expression.children().stream().map(this::replace).toList());
    }
}
