package io.leat.compiler.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an expression may speak of.
 *
 * @param items of the rows that it stands for
 * @param outside of the rows around the query
 */
record Scope(List<Item> items, List<Item> outside) {
    static final Scope NONE = new Scope(List.of(), List.of());

    /** A column with its alias. */
    record Item(String name, Kind kind) {}

    /** The same rows in a query that stands inside others. */
    Scope inside(Scope around) {
        List<Item> all = new ArrayList<>(around.items);
        all.addAll(around.outside);
        return new Scope(items, all);
    }

    /** Pairs of rows. */
    Scope with(Scope other) {
        List<Item> all = new ArrayList<>(items);
        all.addAll(other.items);
        return new Scope(all, outside);
    }

    Item of(Choice choice) {
        return choice.of(items);
    }

    boolean has(Kind kind) {
        return items.stream().anyMatch(item -> item.kind() == kind);
    }

    /** The column that is different in each row, if the rows are those of one table. */
    Optional<Item> id() {
        List<Item> ids =
                items.stream().filter(item -> item.name().endsWith(".id")).toList();
        return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
    }

    /** Now and then of the rows outside. */
    Optional<Item> of(Kind kind, Choice choice) {
        boolean around = !outside.isEmpty() && choice.oneIn(3);
        List<Item> fitting = (around ? outside : items)
                .stream().filter(item -> item.kind() == kind).toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(choice.of(fitting));
    }
}
