package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code SELECT … FROM … WHERE … GROUP BY … HAVING … QUALIFY … ORDER BY}. Clauses are bound in the order in which they take effect: FROM,
 * WHERE, GROUP BY, then the select list, HAVING, QUALIFY and ORDER BY over the groups. Window functions look at what HAVING leaves.
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

    BoundRelation bind(Query.Select select, List<? extends Query.Sorting> orderBy) {
        BoundRelation rows =
                select.from().map(new FromBinder(queries)::bind).orElseGet(() -> QueryBinder.nothing(select.at()));
        int before = problems.errors();
        Aliases aliases = new Aliases(problems, select.items());
        if (select.where().isPresent()) {
            rows = queries.filter(rows, select.where().get(), aliases);
        }
        Subqueries ofRows = Subqueries.of(context, rows);
        Subqueries subqueries = ofRows.ofGroups();
        Groupings keys = new GroupKeys(context, rows, ofRows, aliases).bind(select.groupBy(), select.items());
        Groups groups = new Groups(context, rows, keys, ofRows, subqueries, aliases);
        new NamedWindows(problems, select.windows()).check();
        OverCalls overs = new OverCalls(context, rows, Optional.of(groups), select.windows(), subqueries, aliases);
        ExpressionBinder expressions = overs.binder();
        List<SelectItems.Item> items = new SelectItems(problems, expressions, aliases).bind(select.items());
        Optional<Expr> having = select.having().map(groups.binder()::bindCondition);
        Optional<Expr> qualify = select.qualify().map(condition -> qualify(condition, overs));
        List<Order> order = order(SortBinder.items(orderBy, items.size()), items, expressions);
        List<Order> distinctOn = order(distinctOn(select.distinct()), items, expressions);

        boolean grouped = !select.groupBy().isEmpty()
                || having.isPresent()
                || !groups.calls().isEmpty();
        if (grouped) {
            items = change(items, groups::overGroups);
            order = changeOrder(order, groups::overGroups);
            distinctOn = changeOrder(distinctOn, groups::overGroups);
            having = having.map(groups::overGroups);
            qualify = qualify.map(groups::overGroups);
            overs.change(groups::overGroups);
            subqueries.change(groups::overGroups);
        }
        if (problems.errors() > before) {
            // Stand-ins for what could not be bound must not meet the checks of the plan.
            return SelectItems.stub(items, select.at());
        }
        Optional<Expiry> expiry = grouped ? Optional.empty() : rows.expiry();
        LogicalPlan plan = subqueries.join(grouped ? groups.plan(select.at()) : rows.plan());
        if (having.isPresent()) {
            Expr condition = subqueries.replace(having.get());
            plan = new LogicalPlan.Filter(plan, condition, select.having().get().at());
        }
        overs.change(subqueries::replace);
        UnaryOperator<Expr> replace = value -> overs.replace(subqueries.replace(value));
        plan = overs.over(plan, expiry, select.at());
        expiry = overs.isEmpty() ? expiry : Optional.empty();
        if (qualify.isPresent()) {
            plan = new LogicalPlan.Filter(
                    plan, replace.apply(qualify.get()), select.qualify().get().at());
        }
        List<Order> hidden = changeOrder(Plans.concat(distinctOn, order), replace);
        LogicalPlan.Project projected = project(plan, change(items, replace), hidden, select);
        LogicalPlan timed = expiry.isPresent() ? Expiry.withTime(plan, projected) : projected;
        BoundRelation visible = visible(timed, expiry, items.size());
        BoundRelation first = distinctOn.isEmpty()
                ? visible
                : first(visible, distinctOn, order, items.size(), (Query.DistinctOn) select.distinct());
        return ordered(first, order, select, items.size() + hidden(distinctOn));
    }

    /** A condition on window functions, written there or selected. */
    private Expr qualify(Expression condition, OverCalls overs) {
        Expr bound = overs.binder().bindCondition(condition);
        if (overs.isEmpty()) {
            problems.add(
                    ErrorCode.MISPLACED_CLAUSE,
                    condition.at(),
                    "QUALIFY is a condition on window functions, and there is none",
                    "write WHERE, or HAVING for a condition on groups");
        }
        return bound;
    }

    private static List<SelectItems.Item> change(List<SelectItems.Item> items, UnaryOperator<Expr> change) {
        return items.stream()
                .map(item -> new SelectItems.Item(change.apply(item.value()), item.name()))
                .toList();
    }

    private static List<Order> changeOrder(List<Order> order, UnaryOperator<Expr> change) {
        return order.stream()
                .map(each -> new Order(each.item(), each.output(), each.hidden().map(change)))
                .toList();
    }

    private static LogicalPlan.Project project(
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

    /** The first columns of a plan under their names. */
    private static BoundRelation visible(LogicalPlan plan, Optional<Expiry> expiry, int columns) {
        List<Entry> names = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            names.add(new Entry("", plan.output().get(i).name(), i, false));
        }
        return new BoundRelation(plan, names, expiry);
    }

    private static List<Query.SortItem> distinctOn(Query.Distinct distinct) {
        return distinct instanceof Query.DistinctOn on
                ? on.by().stream()
                        .map(each -> new Query.SortItem(each, false, Optional.empty(), each.at()))
                        .toList()
                : List.of();
    }

    private static int hidden(List<Order> order) {
        return (int) order.stream().filter(each -> each.hidden().isPresent()).count();
    }

    /** Where what is ordered by stands among the columns of a plan. */
    private static List<SortKey> keys(List<Order> order, int firstHidden) {
        List<SortKey> keys = new ArrayList<>();
        int hidden = firstHidden;
        for (Order each : order) {
            keys.add(SortBinder.key(each.item(), each.hidden().isPresent() ? hidden++ : each.output()));
        }
        return keys;
    }

    /** The first row, in the order of the query, of those that DISTINCT ON takes for one. */
    private BoundRelation first(
            BoundRelation rows, List<Order> distinctOn, List<Order> order, int visible, Query.DistinctOn written) {
        List<SortKey> by = keys(distinctOn, visible);
        List<SortKey> inOrder = keys(order, visible + hidden(distinctOn));
        List<Integer> columns = by.stream().map(SortKey::column).toList();
        return queries.first(rows, columns, inOrder, written.at());
    }

    private BoundRelation ordered(BoundRelation rows, List<Order> order, Query.Select select, int firstHidden) {
        Origin at = select.at();
        BoundRelation result = rows;
        if (select.distinct() instanceof Query.EqualRows) {
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
        Origin first = order.get(0).item().at();
        EndChecks ends = new EndChecks(problems);
        if (select.distinct() instanceof Query.DistinctOn) {
            String help =
                    "to choose rows and leave the result without order, write FROM t |> DISTINCT ON (k) ORDER BY ts";
            ends.requireEnd(result.plan(), "the ORDER BY of a result", first, help);
        } else {
            ends.requireEnd(result.plan(), "ORDER BY", first);
        }
        List<SortKey> keys = keys(order, firstHidden);
        SortBinder.check(problems, result.plan(), keys, first);
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
