package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.Suggestion;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.Query;
import io.leat.runtime.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Select lists: expressions, their names, and the columns that stars stand for. */
final class SelectItems {
    private final Problems problems;
    private final ExpressionBinder expressions;

    SelectItems(Problems problems, ExpressionBinder expressions) {
        this.problems = problems;
        this.expressions = expressions;
    }

    /** A selected value and what its column is called. */
    record Item(Expr value, String name) {}

    /** The items of a list; an empty list is {@code *}. */
    List<Item> bind(List<Query.SelectItem> list) {
        List<Item> items = new ArrayList<>();
        if (list.isEmpty()) {
            star(expressions.relation().visible(), Origin.NONE, items);
        }
        for (Query.SelectItem each : list) {
            if (each instanceof Query.Star star) {
                star(entries(star), star.at(), items);
            } else {
                Query.Column column = (Query.Column) each;
                Expr value = expressions.bind(column.expression());
                String name = column.alias()
                        .map(Identifier::text)
                        .orElseGet(() -> ExpressionBinder.nameOf(column.expression(), items.size()));
                items.add(new Item(value, name));
            }
        }
        return items;
    }

    private List<Entry> entries(Query.Star star) {
        BoundRelation rows = expressions.relation();
        Optional<Name> qualifier = star.qualifier();
        List<Entry> entries = qualifier.isEmpty()
                ? rows.visible()
                : rows.visibleOf(qualifier.get().toString());
        if (entries.isEmpty()) {
            List<String> known = rows.names().stream()
                    .map(Entry::qualifier)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .toList();
            String message = qualifier
                    .map(name -> "no table '" + name + "' in FROM")
                    .orElse("there are no columns that * could stand for");
            String help = qualifier
                    .flatMap(name -> Suggestion.nearest(name.toString(), known))
                    .map(meant -> "did you mean " + meant + ".*?")
                    .orElse(known.isEmpty() ? "name a table with FROM" : "there is " + String.join(", ", known));
            problems.add(ErrorCode.UNKNOWN_TABLE, qualifier.map(Name::at).orElse(star.at()), message, help);
        }
        return entries;
    }

    private void star(List<Entry> entries, Origin at, List<Item> into) {
        for (Entry entry : entries) {
            into.add(new Item(expressions.relation().column(entry, at), entry.name()));
        }
    }

    /** The values of items by the keys of their names; of several with one name none. */
    static Map<String, Expr> byName(List<Item> items) {
        Map<String, Expr> values = new HashMap<>();
        Set<String> several = new HashSet<>();
        for (Item item : items) {
            Expr other = values.put(Identifier.key(item.name()), item.value());
            if (other != null && !other.equals(item.value())) {
                several.add(Identifier.key(item.name()));
            }
        }
        values.keySet().removeAll(several);
        return values;
    }

    /** No rows with the columns of these items: what stands for a query that could not be bound. */
    static BoundRelation stub(List<Item> items, Origin at) {
        List<Field> fields = items.stream()
                .map(item -> new Field(item.name(), item.value().type(), true))
                .toList();
        return BoundRelation.of(new LogicalPlan.Values(fields, List.of(), at), "");
    }
}
