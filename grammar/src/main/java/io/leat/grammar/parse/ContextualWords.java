package io.leat.grammar.parse;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.WritableToken;

/**
 * Tells units of time, the sides of a TRIM and some words behind a call or a table from names, by the tokens beside them; where they are names,
 * they become identifiers. The TO between two units becomes a word of its own.
 *
 * <p>The parser would have to read ahead: {@code TRIM(BOTH 'x' FROM s)} and {@code TRIM(both || 'x')} differ only where the first
 * argument ends, and whether DAY in {@code INTERVAL '5' DAY} could be an alias depends on everything around the interval.
 */
final class ContextualWords {
    private final List<Token> tokens;

    private ContextualWords(List<Token> tokens) {
        this.tokens = tokens;
    }

    static List<Token> mark(List<Token> tokens) {
        ContextualWords words = new ContextualWords(tokens);
        for (int index = 0; index < tokens.size(); index++) {
            if (index == 0 && words.type(0) == QueryLexer.DESC) {
                words.setType(0, QueryLexer.DESCRIBE);
            }
            if (!words.hasMeaning(index)) {
                words.setType(index, QueryLexer.IDENTIFIER);
            } else if (words.joinsUnits(index)) {
                words.setType(index, QueryLexer.UNIT_TO);
            }
        }
        return tokens;
    }

    private boolean hasMeaning(int index) {
        return switch (type(index)) {
            case QueryLexer.BOTH, QueryLexer.LEADING, QueryLexer.TRAILING -> saysSide(index);
            case QueryLexer.TIME_UNIT -> isInterval(index) || isBehindTo(index) || isExtracted(index);
            case QueryLexer.TIME_FIELD -> isExtracted(index);
            case QueryLexer.IGNORE, QueryLexer.RESPECT -> isBehindCall(index) && type(index + 1) == QueryLexer.NULLS;
            case QueryLexer.EXPIRE -> type(index + 1) == QueryLexer.AFTER && type(index + 2) == QueryLexer.INTERVAL;
            case QueryLexer.REFRESH -> type(index + 1) == QueryLexer.EVERY && type(index + 2) == QueryLexer.INTERVAL;
            case QueryLexer.NAME -> saysHowColumnsMeet(index);
            case QueryLexer.DESCRIBE, QueryLexer.SUMMARIZE -> beginsQuery(index);
            case QueryLexer.WITHIN -> isBehindCall(index) && opensGroup(index + 1);
            default -> true;
        };
    }

    /** {@code INTERVAL '5' DAY}, {@code INTERVAL 5 DAYS}, and the type {@code INTERVAL DAY}. */
    private boolean isInterval(int index) {
        return switch (type(index - 1)) {
            case QueryLexer.INTERVAL -> true;
            case QueryLexer.STRING, QueryLexer.INTEGER, QueryLexer.DECIMAL -> type(index - 2) == QueryLexer.INTERVAL;
            default -> false;
        };
    }

    private boolean isBehindTo(int index) {
        return type(index - 1) == QueryLexer.TO || type(index - 1) == QueryLexer.UNIT_TO;
    }

    /** The TO of {@code DAY TO SECOND} or {@code DAY(3) TO SECOND}, not that of {@code FLOOR(ts TO DAY)}. */
    private boolean joinsUnits(int index) {
        if (type(index) != QueryLexer.TO) {
            return false;
        }
        boolean hasPrecision = type(index - 1) == QueryLexer.RIGHT_PAREN && type(index - 3) == QueryLexer.LEFT_PAREN;
        return type(hasPrecision ? index - 4 : index - 1) == QueryLexer.TIME_UNIT;
    }

    private boolean isExtracted(int index) {
        return type(index - 1) == QueryLexer.LEFT_PAREN && type(index - 2) == QueryLexer.EXTRACT;
    }

    private boolean isBehindCall(int index) {
        return type(index - 1) == QueryLexer.RIGHT_PAREN;
    }

    /** {@code WITHIN GROUP (…)}, not the alias in {@code FROM f(x) within GROUP BY a}. */
    private boolean opensGroup(int index) {
        return type(index) == QueryLexer.GROUP && type(index + 1) == QueryLexer.LEFT_PAREN;
    }

    /** Behind a side stands what is trimmed off, or FROM; behind a name, an operator or the end of the argument. */
    private boolean saysSide(int index) {
        if (type(index - 1) != QueryLexer.LEFT_PAREN || type(index - 2) != QueryLexer.TRIM) {
            return false;
        }
        return switch (type(index + 1)) {
            case QueryLexer.FROM,
                    QueryLexer.STRING,
                    QueryLexer.LEFT_PAREN,
                    QueryLexer.QUERY_PAREN,
                    QueryLexer.COLON,
                    QueryLexer.CASE,
                    QueryLexer.CAST -> true;
            default -> TokenNames.isName(type(index + 1));
        };
    }

    /** {@code UNION BY NAME}, {@code UNION ALL BY NAME}. */
    private boolean saysHowColumnsMeet(int index) {
        return type(index - 1) == QueryLexer.BY
                && switch (type(index - 2)) {
                    case QueryLexer.UNION,
                            QueryLexer.INTERSECT,
                            QueryLexer.EXCEPT,
                            QueryLexer.ALL,
                            QueryLexer.DISTINCT -> true;
                    default -> false;
                };
    }

    /** At the beginning of a statement or of parentheses that hold a query, in front of a table or query. */
    private boolean beginsQuery(int index) {
        boolean begins =
                index == 0 || type(index - 1) == QueryLexer.QUERY_PAREN || type(0) == QueryLexer.EXPLAIN && index <= 2;
        return begins
                && switch (type(index + 1)) {
                    case QueryLexer.STRING,
                            QueryLexer.QUERY_PAREN,
                            QueryLexer.SELECT,
                            QueryLexer.FROM,
                            QueryLexer.WITH -> true;
                    default -> TokenNames.isName(type(index + 1));
                };
    }

    private void setType(int index, int type) {
        ((WritableToken) tokens.get(index)).setType(type);
    }

    private int type(int index) {
        return index < 0 || index >= tokens.size()
                ? Token.EOF
                : tokens.get(index).getType();
    }
}
