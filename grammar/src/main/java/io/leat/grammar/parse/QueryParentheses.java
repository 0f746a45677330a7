package io.leat.grammar.parse;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.WritableToken;

/**
 * Tells the parentheses that open a query from all others, in one pass over the tokens.
 *
 * <p>{@code (SELECT 1)} is a query, {@code ((SELECT 1) + 1)} is not, {@code ((SELECT 1) UNION (SELECT 2))} is. What a doubled
 * opening means shows only behind the inner query; a parser would have to read ahead over it, again at each depth.
 */
final class QueryParentheses {
    private final List<Token> tokens;
    private final int[] closing;

    private QueryParentheses(List<Token> tokens) {
        this.tokens = tokens;
        this.closing = closing(tokens);
    }

    /** Gives every {@code (} that opens a query the type {@code QUERY_PAREN}. */
    static List<Token> mark(List<Token> tokens) {
        QueryParentheses parentheses = new QueryParentheses(tokens);
        // Backwards, so that the inner one of a doubled opening is decided first.
        for (int index = tokens.size() - 1; index >= 0; index--) {
            if (parentheses.type(index) == QueryLexer.LEFT_PAREN && parentheses.opensQuery(index)) {
                ((WritableToken) tokens.get(index)).setType(QueryLexer.QUERY_PAREN);
            }
        }
        return tokens;
    }

    private boolean opensQuery(int index) {
        return switch (type(index + 1)) {
            case QueryLexer.SELECT, QueryLexer.FROM, QueryLexer.WITH -> true;
            case QueryLexer.VALUES ->
                type(index + 2) == QueryLexer.LEFT_PAREN || type(index + 2) == QueryLexer.QUERY_PAREN;
            case QueryLexer.DESCRIBE, QueryLexer.SUMMARIZE -> opensDescription(index);
            case QueryLexer.QUERY_PAREN ->
                switch (type(closing[index + 1] + 1)) {
                    case QueryLexer.UNION,
                            QueryLexer.INTERSECT,
                            QueryLexer.EXCEPT,
                            QueryLexer.LIMIT,
                            QueryLexer.OFFSET,
                            QueryLexer.PIPE -> true;
                    // f((SELECT 1)) is a call with one argument, f((SELECT 1) ORDER BY a) one with an order, too.
                    case QueryLexer.RIGHT_PAREN -> !isName(type(index - 1)) && !isDistinctOn(index);
                    case QueryLexer.ORDER -> !isFunction(index - 1);
                    default -> false;
                };
            default -> false;
        };
    }

    /** {@code DISTINCT ON ((SELECT 1))} lists one value. */
    private boolean isDistinctOn(int index) {
        return type(index - 1) == QueryLexer.ON && type(index - 2) == QueryLexer.DISTINCT;
    }

    /** {@code (DESCRIBE t)}, {@code (SUMMARIZE SELECT …)}; not {@code TRIM(describe FROM s)} or {@code CREATE TABLE t (describe INT)}. */
    private boolean opensDescription(int index) {
        return switch (type(index + 2)) {
            case QueryLexer.STRING, QueryLexer.QUERY_PAREN, QueryLexer.SELECT, QueryLexer.WITH -> true;
            case QueryLexer.VALUES ->
                type(index + 3) == QueryLexer.LEFT_PAREN || type(index + 3) == QueryLexer.QUERY_PAREN;
            case QueryLexer.FROM -> type(index - 1) != QueryLexer.TRIM && type(index - 1) != QueryLexer.SUBSTRING;
            case QueryLexer.IDENTIFIER, QueryLexer.QUOTED_IDENTIFIER -> !isBehindName(index);
            default -> false;
        };
    }

    /** Whether it could be the name of a new table or type in front of these parentheses. */
    private boolean isBehindName(int index) {
        return switch (type(index - 1)) {
            case QueryLexer.EXPLAIN, QueryLexer.LATERAL, QueryLexer.ANY, QueryLexer.SOME -> false;
            case QueryLexer.NAME -> type(index - 2) != QueryLexer.BY;
            case QueryLexer.DESCRIBE, QueryLexer.SUMMARIZE -> index > 1 && type(index - 2) != QueryLexer.LEFT_PAREN;
            default -> isName(type(index - 1));
        };
    }

    /** Whether this token names a function: no table that rows go into, nothing to explain, no word that could be part of a clause. */
    private boolean isFunction(int index) {
        if (type(index) != QueryLexer.IDENTIFIER && type(index) != QueryLexer.QUOTED_IDENTIFIER) {
            return false;
        }
        int first = index;
        while (type(first - 1) == QueryLexer.DOT && isName(type(first - 2))) {
            first -= 2;
        }
        return type(first - 1) != QueryLexer.INTO && type(first - 1) != QueryLexer.EXPLAIN;
    }

    private static boolean standsInFrontOfQuery(int type) {
        return type == QueryLexer.EXISTS || type == QueryLexer.DESCRIBE || type == QueryLexer.SUMMARIZE;
    }

    /** Whether a parenthesis behind this token holds arguments: every word but the reserved ones and those in front of queries. */
    private static boolean isName(int type) {
        return type == QueryLexer.IDENTIFIER
                || type == QueryLexer.QUOTED_IDENTIFIER
                || (type >= QueryLexer.EXPLAIN && type <= QueryLexer.TIME_FIELD && !standsInFrontOfQuery(type));
    }

    private int type(int index) {
        return index < 0 || index >= tokens.size()
                ? Token.EOF
                : tokens.get(index).getType();
    }

    /** For each opening parenthesis the index of the closing one, or of the end if there is none. */
    private static int[] closing(List<Token> tokens) {
        int[] closing = new int[tokens.size()];
        Arrays.fill(closing, tokens.size());
        Deque<Integer> open = new ArrayDeque<>();
        for (int index = 0; index < tokens.size(); index++) {
            int type = tokens.get(index).getType();
            if (type == QueryLexer.LEFT_PAREN) {
                open.push(index);
            } else if (type == QueryLexer.RIGHT_PAREN && !open.isEmpty()) {
                closing[open.pop()] = index;
            }
        }
        return closing;
    }
}
