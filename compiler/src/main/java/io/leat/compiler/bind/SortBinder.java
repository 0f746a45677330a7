package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Query;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ORDER BY} over the columns of a relation. NULL comes last in either direction, unless the query says otherwise. */
final class SortBinder {
    private final Context context;
    private final Problems problems;

    SortBinder(Context context) {
        this.context = context;
        this.problems = context.problems();
    }

    BoundRelation sort(BoundRelation relation, List<? extends Query.Sorting> sorting, Origin at) {
        new EndChecks(problems).requireEnd(relation.plan(), "ORDER BY", at);
        int before = problems.errors();
        Subqueries subqueries = Subqueries.of(context, relation);
        ExpressionBinder expressions = subqueries.binder();
        List<Expr> extended = new ArrayList<>(Plans.columns(relation.plan(), at));
        List<String> names = new ArrayList<>(Plans.names(relation.plan()));
        int width = names.size();
        List<SortKey> keys = new ArrayList<>();
        int columns = relation.visible().size();
        for (Query.SortItem item : items(sorting, columns)) {
            Optional<Integer> ordinal = ordinal(problems, item.expression(), columns);
            if (ordinal.isPresent()) {
                keys.add(key(item, relation.visible().get(ordinal.get()).column()));
                continue;
            }
            Expr value = expressions.conversions().settled(expressions.bind(item.expression()));
            int column = extended.indexOf(value);
            if (column < 0) {
                column = extended.size();
                extended.add(value);
                names.add("order" + extended.size());
            }
            keys.add(key(item, column));
        }
        if (problems.errors() > before) {
            return relation;
        }
        LogicalPlan joined = subqueries.join(relation.plan());
        extended.replaceAll(subqueries::replace);
        LogicalPlan input =
                extended.size() == width ? relation.plan() : new LogicalPlan.Project(joined, extended, names, at);
        check(problems, input, keys, at);
        return relation.with(new LogicalPlan.Sort(input, keys, at));
    }

    /** What is ordered by, one after the other: ALL is each of so many columns by its position. */
    static List<Query.SortItem> items(List<? extends Query.Sorting> sorting, int columns) {
        List<Query.SortItem> items = new ArrayList<>();
        for (Query.Sorting each : sorting) {
            if (each instanceof Query.SortItem item) {
                items.add(item);
                continue;
            }
            Query.SortAll all = (Query.SortAll) each;
            for (int position = 1; position <= columns; position++) {
                Expression ordinal = new Expression.NumberLiteral(Integer.toString(position), all.at());
                items.add(new Query.SortItem(ordinal, all.descending(), all.nullsFirst(), all.at()));
            }
        }
        return items;
    }

    static SortKey key(Query.SortItem item, int column) {
        return new SortKey(column, item.descending(), item.nullsFirst().orElse(false));
    }

    static void check(Problems problems, LogicalPlan plan, List<SortKey> keys, Origin at) {
        for (SortKey key : keys) {
            if (plan.output().get(key.column()).type() instanceof Type.RowType) {
                throw problems.abandon(
                        ErrorCode.TYPE_MISMATCH, at, "rows have no order", "order by the fields of the row");
            }
        }
    }

    /** The column that a whole number in ORDER BY or GROUP BY stands for, from 0; empty for any other expression. */
    static Optional<Integer> ordinal(Problems problems, Expression expression, int columns) {
        if (!(expression instanceof Expression.NumberLiteral number)
                || !number.text().chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        boolean exists = number.text().length() < 9
                && Integer.parseInt(number.text()) >= 1
                && Integer.parseInt(number.text()) <= columns;
        if (!exists) {
            throw problems.abandon(
                    ErrorCode.UNKNOWN_COLUMN,
                    expression.at(),
                    "there is no column " + number.text(),
                    "positions go from 1 to " + columns);
        }
        return Optional.of(Integer.parseInt(number.text()) - 1);
    }
}
