package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.Suggestion;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.PipeOperator.Renaming;
import io.leat.grammar.tree.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a select list is made of, with a column of the rows in place of each star: as many values as the result has columns. */
final class SelectedValues {
    private final Problems problems;
    private final BoundRelation rows;

    SelectedValues(Problems problems, BoundRelation rows) {
        this.problems = problems;
        this.rows = rows;
    }

    /**
     * A value, as it is written or as a column of the rows.
     *
     * @param item where it stands in the list
     * @param name what its column is called; empty if its expression says so
     */
    record Value(int item, Optional<Expression> written, Optional<Entry> column, Optional<String> name, Origin at) {}

    /** The values of a list; an empty list is {@code *}. */
    List<Value> of(List<Query.SelectItem> list) {
        List<Query.SelectItem> items = list.isEmpty() ? List.of(Query.Star.of(Optional.empty(), Origin.NONE)) : list;
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Query.Star star) {
                values.addAll(star(star, i));
            } else {
                Query.Column column = (Query.Column) items.get(i);
                values.add(new Value(
                        i,
                        Optional.of(column.expression()),
                        Optional.empty(),
                        column.alias().map(Identifier::text),
                        column.at()));
            }
        }
        return values;
    }

    private List<Value> star(Query.Star star, int item) {
        List<Entry> entries = new ArrayList<>(entries(star));
        Query.StarChanges changes = star.changes();
        for (Name name : changes.excluded()) {
            List<Entry> excluded = meant(name, entries);
            entries.removeAll(excluded);
        }
        Map<Entry, Query.Column> replaced = new HashMap<>();
        for (Query.Column column : changes.replaced()) {
            Identifier name = column.alias().orElseThrow();
            for (Entry entry : meant(new Name(List.of(name), name.at()), entries)) {
                once(name, replaced.put(entry, column) == null);
            }
        }
        Map<Entry, String> renamed = new HashMap<>();
        for (Renaming renaming : changes.renamed()) {
            Identifier name = renaming.from();
            for (Entry entry : meant(new Name(List.of(name), name.at()), entries)) {
                once(name, renamed.put(entry, renaming.to().text()) == null);
            }
        }
        return entries.stream()
                .map(entry -> {
                    Optional<Expression> written =
                            Optional.ofNullable(replaced.get(entry)).map(Query.Column::expression);
                    Optional<Entry> column = written.isPresent() ? Optional.empty() : Optional.of(entry);
                    Optional<String> name = Optional.of(renamed.getOrDefault(entry, entry.name()));
                    return new Value(item, written, column, name, star.at());
                })
                .toList();
    }

    private void once(Identifier name, boolean isFirst) {
        if (!isFirst) {
            problems.add(ErrorCode.DUPLICATE_COLUMN, name.at(), "'" + name + "' is changed twice");
        }
    }

    /** The columns of a star that a name in it speaks of. */
    private List<Entry> meant(Name name, List<Entry> entries) {
        List<Identifier> parts = name.parts();
        List<Entry> found = entries.stream()
                .filter(entry -> parts.size() <= 2
                        && entry.is(name.last().text())
                        && (parts.size() == 1 || entry.isOf(parts.get(0).text())))
                .toList();
        if (found.isEmpty() && !entries.isEmpty()) {
            List<String> names = entries.stream().map(Entry::name).distinct().toList();
            problems.add(
                    ErrorCode.UNKNOWN_COLUMN,
                    name.at(),
                    "no column '" + name + "' among those that * stands for here",
                    Problems.meant(name.last().text(), names, "there are"));
        }
        return found;
    }

    private List<Entry> entries(Query.Star star) {
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
}
