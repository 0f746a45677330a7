package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Query;
import io.leat.runtime.type.Field;
import java.util.ArrayList;
import java.util.List;

/** Select lists: expressions, their names, and the columns that stars stand for. */
final class SelectItems {
    private final Problems problems;
    private final ExpressionBinder expressions;
    private final Aliases aliases;

    /**
     * @param aliases the names of the list that is bound, which the expressions know, too
     */
    SelectItems(Problems problems, ExpressionBinder expressions, Aliases aliases) {
        this.problems = problems;
        this.expressions = expressions;
        this.aliases = aliases;
    }

    /** A selected value and what its column is called. */
    record Item(Expr value, String name) {}

    /** The items of a list; an empty list is {@code *}. */
    List<Item> bind(List<Query.SelectItem> list) {
        int before = problems.errors();
        List<Item> items = new ArrayList<>();
        for (SelectedValues.Value each : new SelectedValues(problems, expressions.relation()).of(list)) {
            if (each.column().isPresent()) {
                Entry column = each.column().get();
                Expr value = expressions.relation().column(column, each.at());
                items.add(new Item(value, each.name().orElse(column.name())));
                continue;
            }
            Expression written = each.written().orElseThrow();
            Expr value = aliases.before(each.item(), () -> expressions.bind(written));
            String name = each.name().orElseGet(() -> ExpressionBinder.nameOf(written, items.size()));
            items.add(new Item(value, name));
        }
        if (items.isEmpty() && problems.errors() == before) {
            problems.add(ErrorCode.COLUMN_COUNT, list.get(0).at(), "no column is left");
        }
        return items;
    }

    /** No rows with the columns of these items: what stands for a query that could not be bound. */
    static BoundRelation stub(List<Item> items, Origin at) {
        List<Field> fields = items.stream()
                .map(item -> new Field(item.name(), item.value().type(), true))
                .toList();
        return BoundRelation.of(new LogicalPlan.Values(fields, List.of(), at), "");
    }
}
