package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.AggregateFunction;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The groups of a query while their keys and aggregates are collected. An expression over groups is first bound over the rows, with a
 * stand-in for each aggregate; {@link #overGroups} then turns it into one over the columns of the aggregate's output.
 */
final class Groups {
    /** Columns from here on stand for aggregates. */
    private static final int STAND_IN = 1 << 24;
    /** The column that stands for the number of the grouping. */
    private static final int NUMBER = STAND_IN - 1;

    private final Context context;
    private final Problems problems;
    private final BoundRelation rows;
    private final Groupings groupings;
    private final List<Expr> keys;
    private final Subqueries subqueries;
    private final Subqueries ofGroups;
    private final Aliases aliases;
    private final List<AggregateCall> calls = new ArrayList<>();
    private boolean insideAggregate;

    /**
     * @param groupings over the rows
     * @param subqueries takes those of arguments of aggregates
     * @param ofGroups takes those of expressions over groups
     * @param aliases names of selected values
     */
    Groups(
            Context context,
            BoundRelation rows,
            Groupings groupings,
            Subqueries subqueries,
            Subqueries ofGroups,
            Aliases aliases) {
        this.context = context;
        this.problems = context.problems();
        this.rows = rows;
        this.groupings = groupings;
        this.keys = groupings.keys();
        this.subqueries = subqueries;
        this.ofGroups = ofGroups;
        this.aliases = aliases;
    }

    List<AggregateCall> calls() {
        return calls;
    }

    /** Binds an expression in which aggregates may occur. */
    ExpressionBinder binder() {
        return binder(ofGroups);
    }

    private ExpressionBinder binder(Subqueries asked) {
        return new ExpressionBinder(context, rows, Optional.of(this), Optional.empty(), aliases, Optional.of(asked));
    }

    /** The plan of the groups: the keys, then the aggregates. */
    LogicalPlan plan(Origin at) {
        LogicalPlan joined = subqueries.join(rows.plan());
        List<AggregateCall> asked =
                calls.stream().map(call -> call.rewritten(subqueries::replace)).toList();
        Function<List<Expr>, LogicalPlan> ofKeys = by -> new AggregateBinder(problems)
                .aggregate(
                        joined,
                        rows.expiry(),
                        by.stream().map(subqueries::replace).toList(),
                        asked,
                        at);
        return groupings.isOne() ? ofKeys.apply(keys) : groupings.plan(ofKeys, at);
    }

    /** {@code GROUPING(a, b)}: which of its keys a grouping leaves out. */
    Expr leftOut(Expression.Call call) {
        List<Integer> asked = new ArrayList<>();
        if (call.arguments().isEmpty()) {
            problems.add(
                    ErrorCode.NO_OVERLOAD,
                    call.at(),
                    "GROUPING takes keys of GROUP BY",
                    "write GROUPING(a), or GROUPING(a, b)");
        }
        for (Expression argument : call.arguments()) {
            Expr key = binder().bind(argument);
            if (!keys.contains(key)) {
                problems.add(
                        ErrorCode.NOT_GROUPED,
                        argument.at(),
                        "rows are not grouped by this",
                        "ask GROUPING of what stands in GROUP BY");
                return Expr.Literal.ofNull(Type.BIGINT, call.at());
            }
            asked.add(keys.indexOf(key));
        }
        return groupings.leftOut(asked, new Expr.Column(NUMBER, "$grouping", Type.BIGINT, false, call.at()), call.at());
    }

    /** Notes an aggregate and answers with a stand-in for its value. */
    Expr add(Expression.Call call) {
        if (insideAggregate) {
            problems.add(
                    ErrorCode.MISPLACED_AGGREGATE,
                    call.at(),
                    "an aggregate cannot stand inside another one",
                    "compute the inner one first, in a subquery or an earlier step of a pipe");
            return Expr.Literal.ofNull(Type.NULL, call.at());
        }
        insideAggregate = true;
        try {
            return AggregateCallBinder.ofGroups(problems, binder(subqueries), rows)
                    .bind(call)
                    .map(this::standIn)
                    .orElseGet(() -> Expr.Literal.ofNull(Type.NULL, call.at()));
        } finally {
            insideAggregate = false;
        }
    }

    private Expr standIn(AggregateCall call) {
        int index = -1;
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).equals(call)) {
                index = i;
            }
        }
        if (index < 0) {
            index = calls.size();
            calls.add(call);
        }
        AggregateFunction function = call.function();
        return new Expr.Column(STAND_IN + index, call.name(), function.result(), function.nullable(), call.at());
    }

    /**
     * An expression over the output of the aggregate: keys first, then aggregates. Columns of rows that are not part of a key are
     * errors.
     */
    Expr overGroups(Expr expression) {
        Expr over = replace(expression);
        reportUngrouped(over);
        return over;
    }

    private Expr replace(Expr expression) {
        int key = keys.indexOf(expression);
        if (key >= 0) {
            return new Key(key, expression, groupings.isLeftOut(key)).column();
        }
        if (expression instanceof Expr.Column column) {
            if (column.index() >= OverCalls.STAND_IN) {
                return column;
            }
            if (column.index() == NUMBER) {
                return new Expr.Column(
                        keys.size() + calls.size(), column.name(), column.type(), column.nullable(), column.at());
            }
            return column.index() >= STAND_IN
                    ? new Expr.Column(
                            keys.size() + column.index() - STAND_IN,
                            column.name(),
                            column.type(),
                            column.nullable(),
                            column.at())
                    : new Expr.Column(
                            -1 - column.index(), column.name(), column.type(), column.nullable(), column.at());
        }
        List<Expr> children = expression.children();
        if (children.isEmpty()) {
            return expression;
        }
        return expression.withChildren(children.stream().map(this::replace).toList());
    }

    private record Key(int index, Expr expression, boolean leftOut) {
        Expr column() {
            String name = expression instanceof Expr.Column column
                    ? column.name()
                    : expression instanceof Expr.FieldAccess access ? access.name() : "key" + (index + 1);
            return new Expr.Column(index, name, expression.type(), leftOut || expression.nullable(), expression.at());
        }
    }

    /** What is left of the rows' columns has a negative index. */
    private void reportUngrouped(Expr expression) {
        if (expression instanceof Expr.Column column && column.index() < 0) {
            String grouped = keys.stream()
                    .filter(Expr.Column.class::isInstance)
                    .map(key -> ((Expr.Column) key).name())
                    .collect(Collectors.joining(", "));
            problems.add(
                    ErrorCode.NOT_GROUPED,
                    column.at(),
                    "'" + column.name() + "' has many values in a group",
                    "add it to GROUP BY, or put it into an aggregate such as MAX(" + column.name() + ")"
                            + (grouped.isEmpty() ? "" : "; grouped by " + grouped));
            return;
        }
        expression.children().forEach(this::reportUngrouped);
    }
}
