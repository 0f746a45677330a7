package io.leat.cli;

import io.leat.grammar.source.SourceText;

/** Our own mistake while compiling a query. */
final class Bug extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SourceText source;

    Bug(SourceText source, Throwable cause) {
        super("a bug while compiling " + source.name(), cause);
        this.source = source;
    }

    SourceText source() {
        return source;
    }
}
