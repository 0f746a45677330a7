package io.leat.compiler.catalog;

import io.leat.grammar.tree.Identifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables and views that a statement can name. Immutable: declaring one yields a new catalog. Names match without case. */
public final class Catalog {
    public static final Catalog EMPTY = new Catalog(Map.of(), Map.of());

    private final Map<String, Table> tables;
    private final Map<String, View> views;

    private Catalog(Map<String, Table> tables, Map<String, View> views) {
        this.tables = tables;
        this.views = views;
    }

    public Catalog with(Table table) {
        Map<String, Table> more = new LinkedHashMap<>(tables);
        more.put(Identifier.key(table.name()), table);
        Map<String, View> fewer = new LinkedHashMap<>(views);
        fewer.remove(Identifier.key(table.name()));
        return new Catalog(more, fewer);
    }

    public Catalog with(View view) {
        Map<String, View> more = new LinkedHashMap<>(views);
        more.put(Identifier.key(view.name()), view);
        return new Catalog(tables, more);
    }

    public Optional<Table> table(String name) {
        return Optional.ofNullable(tables.get(Identifier.key(name)));
    }

    public Optional<View> view(String name) {
        return Optional.ofNullable(views.get(Identifier.key(name)));
    }

    public boolean has(String name) {
        return table(name).isPresent() || view(name).isPresent();
    }

    /** Names as declared, tables before views. */
    public List<String> names() {
        return Stream.concat(
                        tables.values().stream().map(Table::name),
                        views.values().stream().map(View::name))
                .toList();
    }
}
