package io.leat.grammar.parse;

import io.leat.grammar.source.Suggestion;
import java.util.Optional;
import java.util.Set;

/** One thing to do about a token that the grammar did not expect. */
final class SyntaxHelp {
    private final StatementTokens tokens;
    private final int found;
    private final Set<Phrase> expected;

    SyntaxHelp(StatementTokens tokens, int found, Set<Phrase> expected) {
        this.tokens = tokens;
        this.found = found;
        this.expected = expected;
    }

    /** The most certain advice there is. */
    Optional<String> find(Expectations failure, Expectations beforeLast) {
        return misspelled(failure, beforeLast)
                .or(this::branchWithoutSign)
                .or(this::queryAsArgument)
                .or(this::chainedComparison)
                .or(this::nameWithDash)
                .or(this::pipeStep)
                .or(this::missingSemicolon)
                .or(this::reservedName);
    }

    /** A word that is nearly one with a meaning: the one found, or the one before it, which was then taken for a name. */
    private Optional<String> misspelled(Expectations failure, Expectations beforeLast) {
        return nearWord(found, failure)
                .map(near -> "did you mean " + near + "?")
                .or(() -> nearWord(found - 1, beforeLast)
                        .map(near -> "did you mean " + near + " instead of '"
                                + TokenNames.shortened(tokens.text(found - 1)) + "'?"));
    }

    private Optional<String> nearWord(int index, Expectations expectations) {
        boolean isWord = tokens.type(index) == QueryLexer.IDENTIFIER
                && tokens.text(index).length() > 2;
        return isWord && expectations.tokenIndex() == index
                ? Suggestion.nearest(tokens.text(index), expectations.words()).filter(near -> !tokens.is(index, near))
                : Optional.empty();
    }

    private Optional<String> queryAsArgument() {
        boolean isArgument = tokens.type(found) == QueryLexer.QUERY_PAREN && TokenNames.isName(tokens.type(found - 1));
        return isArgument
                ? Optional.of("a query as an argument stands in parentheses of its own: "
                        + TokenNames.shortened(tokens.text(found - 1)) + "((SELECT …))")
                : Optional.empty();
    }

    private Optional<String> chainedComparison() {
        return switch (tokens.type(found)) {
            case QueryLexer.EQUAL,
                    QueryLexer.NOT_EQUAL,
                    QueryLexer.LESS,
                    QueryLexer.LESS_OR_EQUAL,
                    QueryLexer.GREATER,
                    QueryLexer.GREATER_OR_EQUAL ->
                Phrase.isOperatorIn(expected)
                        ? Optional.of("comparisons do not chain: write a < b AND b < c")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** {@code format = debezium-json}. */
    private Optional<String> nameWithDash() {
        boolean isDash = tokens.type(found) == QueryLexer.MINUS && !Phrase.isOperatorIn(expected);
        return isDash && TokenNames.isName(tokens.type(found - 1))
                ? Optional.of("a name with a '-' in it is written in quotes")
                : Optional.empty();
    }

    private Optional<String> pipeStep() {
        if (tokens.type(found - 1) != QueryLexer.PIPE) {
            return Optional.empty();
        }
        if (tokens.type(found) == QueryLexer.INSERT || tokens.type(found) == QueryLexer.CREATE) {
            return Optional.of("the rows of this statement already go somewhere; a pipe on its own can end like this");
        }
        if (tokens.type(found) == QueryLexer.FORK || tokens.type(found) == QueryLexer.TEE) {
            return Optional.of("FORK and TEE end a statement, and a query in parentheses is only a part of one");
        }
        boolean isBehindLast =
                expected.stream().noneMatch(phrase -> phrase.text().equals("WHERE"));
        return Optional.of(
                isBehindLast
                        ? "INSERT INTO, CREATE TABLE, FORK, EMIT, LATE INTO and REJECT INTO come last"
                        : "the steps of a pipe are WHERE, SELECT, EXTEND, SET, DROP, RENAME, AS, JOIN, CALL, AGGREGATE, "
                                + "DISTINCT, UNION, INTERSECT, EXCEPT, ORDER BY, LIMIT, TEE and FORK");
    }

    /** {@code FORK (SELECT a)}. */
    private Optional<String> branchWithoutSign() {
        boolean opens = tokens.type(found - 1) == QueryLexer.LEFT_PAREN;
        int word = tokens.type(opens ? found - 2 : found - 1);
        return word == QueryLexer.FORK || word == QueryLexer.TEE
                ? Optional.of(
                        "a branch is a pipe in parentheses, and begins with its sign: (|> WHERE a > 0 |> INSERT INTO t)")
                : Optional.empty();
    }

    private Optional<String> missingSemicolon() {
        boolean beginsStatement = tokens.type(found) == QueryLexer.INSERT || tokens.type(found) == QueryLexer.CREATE;
        if (!beginsStatement || found == 0) {
            return Optional.empty();
        }
        return Optional.of(
                tokens.type(0) == QueryLexer.WITH
                        ? "INSERT INTO t goes in front of WITH"
                        : "a ';' goes between two statements");
    }

    private Optional<String> reservedName() {
        int type = tokens.type(found);
        boolean isNamePlace = expected.stream().anyMatch(phrase -> phrase.text().endsWith(" name")) || standsLikeName();
        return TokenNames.isReserved(type) && !beginsClause(type) && isNamePlace
                ? Optional.of("%s is a reserved word; as a name it is written \"%s\""
                        .formatted(TokenNames.word(type), tokens.text(found)))
                : Optional.empty();
    }

    /** Nobody calls a column that; it is what comes behind something that was left out. */
    private static boolean beginsClause(int type) {
        return switch (type) {
            case QueryLexer.SELECT, QueryLexer.FROM, QueryLexer.WHERE, QueryLexer.HAVING, QueryLexer.WITH -> true;
            default -> false;
        };
    }

    /** In front of what is usual behind a column: {@code SELECT order, …}. */
    private boolean standsLikeName() {
        return switch (tokens.type(found + 1)) {
            case QueryLexer.COMMA, QueryLexer.RIGHT_PAREN, QueryLexer.EQUAL, QueryLexer.FROM, QueryLexer.AS -> true;
            default -> false;
        };
    }
}
