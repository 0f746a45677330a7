package io.leat.grammar.tree;

import io.leat.grammar.source.Origin;
import java.util.List;
import java.util.stream.Collectors;

/** A dotted name: of a table ({@code db.t}), or in an expression of a column or a field ({@code t.a.b}). */
public record Name(List<Identifier> parts, Origin at) implements Node {
    public Name {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("empty name");
        }
    }

    public Identifier last() {
        return parts.get(parts.size() - 1);
    }

    @Override
    public String toString() {
        return parts.stream().map(Identifier::text).collect(Collectors.joining("."));
    }
}
