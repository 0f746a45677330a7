package io.leat.grammar.parse;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;

/** Ends the reading of one statement. Never leaves this package. */
final class SyntaxException extends RuntimeException {
    private final transient Diagnostic diagnostic;

    SyntaxException(Diagnostic diagnostic) {
        // No stack trace: it is control flow, and its cause is in the query.
        super(diagnostic.message(), null, false, false);
        this.diagnostic = diagnostic;
    }

    SyntaxException(ErrorCode code, String message, Origin at) {
        this(new Diagnostic(code, message, at));
    }

    SyntaxException(ErrorCode code, String message, Origin at, String help) {
        this(new Diagnostic(code, message, at).withHelp(help));
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
