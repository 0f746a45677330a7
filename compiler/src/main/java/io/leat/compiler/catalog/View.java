package io.leat.compiler.catalog;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Query;
import java.util.List;

/**
 * A named query. It is bound where it is used, against the relations that existed when it was declared.
 *
 * @param columns names for its columns; empty to keep those of the query
 */
public record View(String name, List<Identifier> columns, Query query, Catalog scope, Origin at) {
    public View {
        columns = List.copyOf(columns);
    }
}
