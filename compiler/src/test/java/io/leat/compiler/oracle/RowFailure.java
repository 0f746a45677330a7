package io.leat.compiler.oracle;

import io.leat.grammar.source.Origin;

/** An expression has no value for a row. */
final class RowFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Origin at;

    RowFailure(Origin at, String message) {
        super(message, null, false, false);
        this.at = at;
    }

    Origin at() {
        return at;
    }
}
