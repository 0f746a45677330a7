package io.leat.grammar.parse;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/** Explains why a statement does not parse: what was found, what was expected, and one thing to do about it. */
final class SyntaxErrors {
    private final StatementTokens tokens;
    private final Expectations beforeLast;
    private final Expectations failure;
    private final int found;

    /**
     * @param beforeLast what was expected where the last token stands that was taken
     * @param afterLast what was expected behind it
     */
    SyntaxErrors(StatementTokens tokens, Expectations beforeLast, Expectations afterLast) {
        this.tokens = tokens;
        this.beforeLast = beforeLast;
        this.failure = afterLast.atFailure();
        this.found = failure.tokenIndex();
    }

    SyntaxException explain() {
        Optional<Diagnostic> foreign = ForeignSpelling.at(tokens, found);
        return new SyntaxException(foreign.orElseGet(this::unexpected));
    }

    private Diagnostic unexpected() {
        Set<Phrase> phrases = failure.phrases();
        String expected = Phrase.list(phrases);
        Diagnostic diagnostic = new Diagnostic(
                ErrorCode.UNEXPECTED_TOKEN,
                "found " + TokenNames.found(tokens, found) + (expected.isEmpty() ? "" : ", expected " + expected),
                tokens.at(found));
        Optional<Origin> opening = unclosed();
        if (opening.isPresent()) {
            diagnostic = diagnostic.withNote("this is not closed", opening.get());
        }
        Optional<String> help = new SyntaxHelp(tokens, found, phrases).find(failure, beforeLast);
        return help.isPresent() ? diagnostic.withHelp(help.get()) : diagnostic;
    }

    /** At the end of a statement: the last bracket that is still open. */
    private Optional<Origin> unclosed() {
        if (found != tokens.size() - 1) {
            return Optional.empty();
        }
        Deque<Integer> open = new ArrayDeque<>();
        for (int index = 0; index < found; index++) {
            switch (tokens.type(index)) {
                case QueryLexer.LEFT_PAREN, QueryLexer.QUERY_PAREN, QueryLexer.LEFT_BRACKET, QueryLexer.CASE ->
                    open.push(index);
                case QueryLexer.RIGHT_PAREN, QueryLexer.RIGHT_BRACKET, QueryLexer.END -> open.poll();
                default -> {}
            }
        }
        return Optional.ofNullable(open.peek()).map(tokens::at);
    }
}
