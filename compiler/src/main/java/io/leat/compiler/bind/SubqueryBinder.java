package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.function.Aggregates;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Query;
import io.leat.grammar.tree.Relation.JoinKind;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Conditions of WHERE that ask another query: {@code [NOT] EXISTS} and {@code [NOT] IN}. They are joins that only test, whose condition is
 * what the other query's WHERE says about the rows outside.
 */
final class SubqueryBinder {
    private final QueryBinder queries;
    private final Context context;
    private final Problems problems;

    SubqueryBinder(QueryBinder queries) {
        this.queries = queries;
        this.context = queries.context();
        this.problems = context.problems();
    }

    /**
     * What the rows of a subquery are asked.
     *
     * @param rows its rows
     * @param condition over the rows outside, then its own
     * @param value what it selects, over the same; empty if it selects not exactly one
     * @param correlated whether the condition speaks of the rows outside
     */
    private record Asked(BoundRelation rows, Expr condition, Optional<Expr> value, boolean correlated) {
        LogicalPlan plan() {
            return rows.plan();
        }
    }

    /** Whether a condition is asked of another query, perhaps behind NOT. */
    static boolean isOne(Expression condition) {
        return condition instanceof Expression.Unary not && not.operator() == Expression.Unary.Operator.NOT
                ? isOne(not.operand())
                : condition instanceof Expression.Exists || condition instanceof Expression.InQuery;
    }

    /** The conditions that must all hold. */
    static List<Expression> conjuncts(Expression condition) {
        if (!(condition instanceof Expression.Logical logical && logical.and())) {
            return List.of(condition);
        }
        return logical.operands().stream()
                .flatMap(each -> conjuncts(each).stream())
                .toList();
    }

    /** The rows for which a condition that {@link #isOne} holds. */
    BoundRelation filter(BoundRelation rows, Expression condition) {
        boolean negated = false;
        Expression asked = condition;
        while (asked instanceof Expression.Unary not) {
            negated = !negated;
            asked = not.operand();
        }
        int before = problems.errors();
        if (asked instanceof Expression.Exists exists) {
            Asked other = ask(rows, exists.query());
            JoinKind kind = negated ? JoinKind.ANTI : JoinKind.SEMI;
            return problems.errors() > before ? rows : test(kind, rows, other, other.condition(), condition.at());
        }
        Expression.InQuery in = (Expression.InQuery) asked;
        Expr value = new ExpressionBinder(context, rows).bind(in.value());
        Asked other = ask(rows, in.query());
        if (problems.errors() > before) {
            return rows;
        }
        if (other.value().isEmpty()) {
            throw problems.abandon(
                    ErrorCode.COLUMN_COUNT, in.query().at(), "the query of IN selects not one column", "select one");
        }
        Expr equal = new ExpressionBinder(context, rows)
                .compare(Compare.Operator.EQUAL, value, other.value().get(), in.at());
        if (!equal.type().equals(Type.BOOLEAN)) {
            return rows;
        }
        Expr matches = Exprs.and(other.condition(), equal);
        if (negated == in.negated()) {
            return test(JoinKind.SEMI, rows, other, matches, condition.at());
        }
        return notIn(test(JoinKind.ANTI, rows, other, matches, condition.at()), other, value, condition.at());
    }

    /** Of a NULL it is not known whether it is in a query, and where the query has a NULL, of nothing else that is not found there. */
    private BoundRelation notIn(BoundRelation rows, Asked other, Expr value, Origin at) {
        Expr found = other.value().get();
        if (!value.nullable() && !found.nullable()) {
            return rows;
        }
        other.rows().expiry().or(rows::expiry).ifPresent(expiry -> {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    expiry.at(),
                    "of rows that expire it is not known whether a NULL was among them, which NOT IN asks",
                    "write NOT EXISTS, or compare columns that are never NULL");
        });
        Expr isNull = new Expr.IsNull(value, at);
        if (other.correlated()) {
            Expr unknown = new Expr.Logical(false, List.of(isNull, new Expr.IsNull(found, at)), at);
            return test(JoinKind.ANTI, rows, other, Exprs.and(other.condition(), unknown), at);
        }
        // All that matters is whether there are rows, and whether one of them is NULL: two rows at most.
        int width = rows.plan().output().size();
        Expr own = Exprs.move(new Expr.IsNull(found, at), column -> column - width);
        LogicalPlan nulls = new LogicalPlan.Project(other.plan(), List.of(own), List.of("$null"), at);
        LogicalPlan distinct = queries.distinct(BoundRelation.of(nulls, ""), at).plan();
        Expr hasNull = new Expr.Column(width, "$null", Type.BOOLEAN, false, at);
        Expr unknown = new Expr.Logical(false, List.of(isNull, hasNull), at);
        return rows.with(JoinPlans.join(JoinKind.ANTI, rows.plan(), distinct, unknown, Optional.empty(), at));
    }

    private BoundRelation test(JoinKind kind, BoundRelation rows, Asked other, Expr condition, Origin at) {
        Optional<JoinExpiry> expiry = JoinExpiry.of(context, rows, other.rows(), at);
        return rows.with(JoinPlans.join(kind, rows.plan(), other.plan(), condition, expiry, at));
    }

    // ---- the other query
    // -----------------------------------------------------------------------------------------------

    private Asked ask(BoundRelation rows, Query query) {
        int width = rows.plan().output().size();
        if (query instanceof Query.Select select && isPlain(select)) {
            return askPlain(rows, select, width);
        }
        BoundRelation shown = queries.shown(query);
        List<Field> fields = shown.plan().output();
        Optional<Expr> value = fields.size() != 1
                ? Optional.empty()
                : Optional.of(new Expr.Column(
                        width,
                        fields.get(0).name(),
                        fields.get(0).type(),
                        fields.get(0).nullable(),
                        query.at()));
        return new Asked(shown, Exprs.and(List.of()), value, false);
    }

    /** A query that selects from its rows one by one: its WHERE may speak of the rows outside. */
    private Asked askPlain(BoundRelation rows, Query.Select select, int width) {
        BoundRelation inner =
                select.from().map(new FromBinder(queries)::bind).orElseGet(() -> QueryBinder.nothing(select.at()));
        List<Expr> conditions = new ArrayList<>();
        for (Expression conjunct : select.where().map(SubqueryBinder::conjuncts).orElse(List.of())) {
            if (isOne(conjunct)) {
                inner = filter(inner, conjunct);
                continue;
            }
            int before = problems.errors();
            Expr bound = new ExpressionBinder(context, both(rows, inner)).bindCondition(conjunct);
            if (problems.errors() > before) {
                continue;
            }
            boolean speaksOfOutside = Exprs.columns(bound).stream().anyMatch(column -> column < width);
            // What may fail is not asked of rows that a condition before it leaves out.
            if (speaksOfOutside || !conditions.isEmpty() && Exprs.canFail(bound)) {
                conditions.add(bound);
            } else {
                Expr own = Exprs.move(bound, column -> column - width);
                inner = inner.with(JoinPlans.filter(inner.plan(), own, conjunct.at()));
            }
        }
        BoundRelation both = both(rows, inner);
        Optional<Expr> value = Optional.empty();
        if (select.items().size() == 1 && select.items().get(0) instanceof Query.Column column) {
            value = Optional.of(new ExpressionBinder(context, both).bind(column.expression()));
        } else {
            List<SelectItems.Item> items =
                    new SelectItems(problems, new ExpressionBinder(context, inner)).bind(select.items());
            if (items.size() == 1) {
                value = Optional.of(Exprs.move(items.get(0).value(), column -> column + width));
            }
        }
        boolean correlated = !conditions.isEmpty()
                || value.filter(each -> Exprs.columns(each).stream().anyMatch(column -> column < width))
                        .isPresent();
        return new Asked(inner, Exprs.and(conditions), value, correlated);
    }

    /** The rows outside, then those of the subquery, whose names come first. */
    private static BoundRelation both(BoundRelation outside, BoundRelation inner) {
        int width = outside.plan().output().size();
        List<Entry> names = new ArrayList<>();
        for (Entry entry : outside.names()) {
            boolean named = inner.names().stream()
                    .anyMatch(each -> !each.qualifier().isEmpty() && each.isOf(entry.qualifier()));
            boolean shadowed = !inner.named(entry.name()).isEmpty();
            if (!named) {
                names.add(new Entry(entry.qualifier(), entry.name(), entry.column(), entry.hidden() || shadowed));
            }
        }
        inner.names()
                .forEach(entry ->
                        names.add(new Entry(entry.qualifier(), entry.name(), width + entry.column(), entry.hidden())));
        List<Field> fields = Plans.concat(outside.plan().output(), inner.plan().output());
        return new BoundRelation(
                new LogicalPlan.Values(fields, List.of(), inner.plan().at()), names);
    }

    private static boolean isPlain(Query.Select select) {
        return select.groupBy().isEmpty()
                && select.having().isEmpty()
                && select.qualify().isEmpty()
                && select.items().stream()
                        .allMatch(item -> !(item instanceof Query.Column column) || isPlain(column.expression()));
    }

    /** Whether an expression is about one row, and neither about groups nor about windows. */
    private static boolean isPlain(Expression expression) {
        if (expression instanceof Expression.Call call) {
            return !Aggregates.exists(call.name().text())
                    && call.arguments().stream().allMatch(SubqueryBinder::isPlain);
        }
        if (expression instanceof Expression.Arithmetic arithmetic) {
            return arithmetic.operands().stream().allMatch(SubqueryBinder::isPlain);
        }
        return expression instanceof Expression.Cast cast
                ? isPlain(cast.value())
                : !(expression instanceof Expression.Over);
    }
}
