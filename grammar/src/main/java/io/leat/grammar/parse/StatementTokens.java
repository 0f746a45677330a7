package io.leat.grammar.parse;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.SourceText;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** The tokens of one statement; the last one is the end. */
final class StatementTokens {
    /** The limit named <em>nesting depth</em>: brackets and CASE … END inside each other. */
    static final int MAX_NESTING = 500;

    private final SourceText source;
    private final List<Token> tokens;

    StatementTokens(SourceText source, List<Token> tokens) {
        this.source = source;
        this.tokens = ContextualWords.mark(QueryParentheses.mark(tokens));
    }

    List<Token> all() {
        return tokens;
    }

    int size() {
        return tokens.size();
    }

    /** The type of a token; beyond both ends it is the end. */
    int type(int index) {
        return index < 0 || index >= tokens.size()
                ? Token.EOF
                : tokens.get(index).getType();
    }

    /** The token as it was written; the end is empty or its semicolon. */
    String text(int index) {
        return text(at(index));
    }

    /** Whether a token was written like this, in any case of letters. */
    boolean is(int index, String word) {
        if (index < 0 || index >= tokens.size()) {
            return false;
        }
        Origin at = at(index);
        return at.end() - at.start() == word.length()
                && source.text().regionMatches(true, at.start(), word, 0, word.length());
    }

    String text(Origin at) {
        return source.text(at);
    }

    Origin at(int index) {
        return Places.of(tokens.get(index));
    }

    /**
     * Finds what would make parsing pointless or dangerous.
     *
     * @throws SyntaxException about the first such token
     */
    void check() {
        int depth = 0;
        for (int index = 0; index < tokens.size(); index++) {
            switch (type(index)) {
                case QueryLexer.LEFT_PAREN, QueryLexer.QUERY_PAREN, QueryLexer.LEFT_BRACKET, QueryLexer.CASE -> {
                    if (++depth > MAX_NESTING) {
                        throw new SyntaxException(
                                ErrorCode.NESTED_TOO_DEEPLY,
                                "brackets are nested deeper than the limit 'nesting depth' of " + MAX_NESTING,
                                at(index),
                                "name a part of the query with WITH or CREATE VIEW");
                    }
                }
                case QueryLexer.RIGHT_PAREN, QueryLexer.RIGHT_BRACKET, QueryLexer.END -> depth = Math.max(0, depth - 1);
                case QueryLexer.UNTERMINATED_STRING ->
                    throw unterminated(index, "text", "close it with '; a ' inside a text is written twice: 'it''s'");
                case QueryLexer.UNTERMINATED_IDENTIFIER ->
                    throw unterminated(
                            index, "quoted name", "close it with " + text(index).charAt(0));
                case QueryLexer.UNTERMINATED_COMMENT -> throw unterminated(index, "comment", "close it with */");
                case QueryLexer.EMPTY_IDENTIFIER ->
                    throw new SyntaxException(
                            ErrorCode.MALFORMED_TOKEN,
                            "a quoted name is empty",
                            at(index),
                            "an empty text is written ''");
                case QueryLexer.MALFORMED_NUMBER ->
                    throw new SyntaxException(
                            ErrorCode.MALFORMED_TOKEN,
                            "a number ends in letters: " + TokenNames.shortened(text(index)),
                            at(index),
                            "write numbers without separators and units, such as 1000 or 1.5e3; quote a name that begins with a digit");
                case QueryLexer.UNEXPECTED_CHARACTER ->
                    throw new SyntaxException(
                            ErrorCode.MALFORMED_TOKEN,
                            "the character '" + text(index) + "' means nothing here",
                            at(index),
                            "remove it, or put it into a text in single quotes");
                default -> {}
            }
        }
    }

    /** The error stands on the opening sign: the end of the token is the end of the file. */
    private SyntaxException unterminated(int index, String what, String help) {
        int start = at(index).start();
        int opening =
                text(index).startsWith("/*") || Character.isLetter(text(index).charAt(0)) ? 2 : 1;
        return new SyntaxException(new Diagnostic(
                        ErrorCode.UNTERMINATED_TOKEN,
                        "this " + what + " has no end",
                        new Origin(start, start + opening))
                .withHelp(help));
    }
}
