package io.leat.compiler.codegen;

import io.leat.grammar.source.Origin;

/** A part of a query becomes more code than one class can hold, however finely it is cut. */
public final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Origin at;

    TooLargeException(Origin at) {
        super("more code than one class can hold");
        this.at = at;
    }

    /** The place in the query where that part begins. */
    public Origin at() {
        return at;
    }
}
