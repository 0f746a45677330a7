package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code SELECT … FROM … WHERE … GROUP BY … HAVING … ORDER BY}. Clauses are bound in the order in which they take effect: FROM, WHERE,
 * GROUP BY, then the select list, HAVING and ORDER BY over the groups.
 */
final class SelectBinder {
    private final QueryBinder queries;
    private final Context context;
    private final Problems problems;

    SelectBinder(QueryBinder queries) {
        this.queries = queries;
        this.context = queries.context();
        this.problems = context.problems();
    }

    /** An expression that is ordered by, and where it is among the output columns; -1 if it is none of them. */
    private record Order(Query.SortItem item, int output, Optional<Expr> hidden) {}

    BoundRelation bind(Query.Select select, List<Query.SortItem> orderBy) {
        refuseWindows(select);
        BoundRelation rows =
                select.from().map(new FromBinder(queries)::bind).orElseGet(() -> QueryBinder.nothing(select.at()));
        int before = problems.errors();
        if (select.where().isPresent()) {
            rows = queries.filter(rows, select.where().get());
        }
        List<Expr> keys = new GroupKeys(context, rows).bind(select.groupBy(), select.items());
        Groups groups = new Groups(context, rows, keys);
        ExpressionBinder expressions = groups.binder();
        List<SelectItems.Item> items = new SelectItems(problems, expressions).bind(select.items());
        Optional<Expr> having = select.having().map(expressions::bindCondition);
        List<Order> order = order(orderBy, items, expressions);

        boolean grouped = !select.groupBy().isEmpty()
                || having.isPresent()
                || !groups.calls().isEmpty();
        if (grouped) {
            items = items.stream()
                    .map(item -> new SelectItems.Item(groups.overGroups(item.value()), item.name()))
                    .toList();
            order = order.stream()
                    .map(each ->
                            new Order(each.item(), each.output(), each.hidden().map(groups::overGroups)))
                    .toList();
            having = having.map(groups::overGroups);
        }
        if (problems.errors() > before) {
            // Stand-ins for what could not be bound must not meet the checks of the plan.
            return SelectItems.stub(items, select.at());
        }
        LogicalPlan plan = rows.plan();
        if (grouped) {
            plan = new AggregateBinder(problems).aggregate(plan, keys, groups.calls(), select.at());
        }
        if (having.isPresent()) {
            plan = new LogicalPlan.Filter(
                    plan, having.get(), select.having().get().at());
        }
        return ordered(project(plan, items, order, select), order, select.distinct(), items.size(), select.at());
    }

    private void refuseWindows(Query.Select select) {
        if (!select.windows().isEmpty()) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    select.windows().get(0).at(),
                    "the WINDOW clause is not supported yet",
                    "aggregate in windows of time: FROM t |> CALL TUMBLE(ts, INTERVAL '5' MINUTE) |> AGGREGATE max(a) AS top GROUP BY key, window_end");
        }
        if (select.qualify().isPresent()) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    select.qualify().get().at(),
                    "QUALIFY is not supported yet",
                    "filter the result in a pipe: |> WHERE condition");
        }
    }

    private static LogicalPlan project(
            LogicalPlan input, List<SelectItems.Item> items, List<Order> order, Query.Select select) {
        List<Expr> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (SelectItems.Item item : items) {
            expressions.add(item.value());
            names.add(item.name());
        }
        for (Order each : order) {
            each.hidden().ifPresent(hidden -> {
                expressions.add(hidden);
                names.add("order" + (expressions.size()));
            });
        }
        return new LogicalPlan.Project(input, expressions, names, select.at());
    }

    private BoundRelation ordered(LogicalPlan plan, List<Order> order, boolean distinct, int visible, Origin at) {
        List<Entry> names = new ArrayList<>();
        for (int i = 0; i < visible; i++) {
            names.add(new Entry("", plan.output().get(i).name(), i, false));
        }
        BoundRelation result = new BoundRelation(plan, names);
        if (distinct) {
            for (Order each : order) {
                if (each.hidden().isPresent()) {
                    throw problems.abandon(
                            ErrorCode.NOT_GROUPED,
                            each.item().at(),
                            "a DISTINCT query can only be ordered by what it selects",
                            "add the expression to the select list");
                }
            }
            result = queries.distinct(result, at);
        }
        if (order.isEmpty()) {
            return result;
        }
        new EndChecks(problems)
                .requireEnd(result.plan(), "ORDER BY", order.get(0).item().at());
        List<SortKey> keys = new ArrayList<>();
        int hidden = visible;
        for (Order each : order) {
            int column = each.hidden().isPresent() ? hidden++ : each.output();
            keys.add(SortBinder.key(each.item(), column));
        }
        SortBinder.check(problems, result.plan(), keys, order.get(0).item().at());
        return result.with(new LogicalPlan.Sort(result.plan(), keys, at));
    }

    private List<Order> order(
            List<Query.SortItem> orderBy, List<SelectItems.Item> items, ExpressionBinder expressions) {
        List<Order> order = new ArrayList<>();
        for (Query.SortItem item : orderBy) {
            order.add(order(item, items, expressions));
        }
        return order;
    }

    /** A number is the position of an output column, a plain name first that of one; anything else is about the rows. */
    private Order order(Query.SortItem item, List<SelectItems.Item> items, ExpressionBinder expressions) {
        Optional<Integer> ordinal = SortBinder.ordinal(problems, item.expression(), items.size());
        if (ordinal.isPresent()) {
            return new Order(item, ordinal.get(), Optional.empty());
        }
        int named = output(item.expression(), items);
        if (named >= 0) {
            return new Order(item, named, Optional.empty());
        }
        Expr value = expressions.bind(item.expression());
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).value().equals(value)) {
                return new Order(item, i, Optional.empty());
            }
        }
        return new Order(item, -1, Optional.of(expressions.conversions().settled(value)));
    }

    private int output(Expression expression, List<SelectItems.Item> items) {
        if (!(expression instanceof Expression.Reference reference)
                || reference.name().parts().size() > 1) {
            return -1;
        }
        int found = -1;
        for (int i = 0; i < items.size(); i++) {
            if (Identifier.key(items.get(i).name())
                    .equals(reference.name().last().key())) {
                if (found >= 0 && !items.get(found).value().equals(items.get(i).value())) {
                    problems.add(
                            ErrorCode.AMBIGUOUS_COLUMN,
                            expression.at(),
                            "'" + reference.name() + "' could be any of several selected columns",
                            "order by its position, such as ORDER BY " + (i + 1));
                    return found;
                }
                found = found < 0 ? i : found;
            }
        }
        return found;
    }
}
