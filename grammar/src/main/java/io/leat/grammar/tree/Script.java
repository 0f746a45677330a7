package io.leat.grammar.tree;

import java.util.List;

/** A query file: its statements in file order. */
public record Script(List<Statement> statements) {
    public Script {
        statements = List.copyOf(statements);
    }
}
