package io.leat.grammar.parse;

import io.leat.grammar.tree.Expression.TimeUnit;
import java.util.Arrays;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;

/** What tokens are called in messages. */
final class TokenNames {
    private static final int MAX_QUOTED = 40;

    private TokenNames() {}

    /** A kind of token that could have stood somewhere. */
    static String expected(int type) {
        return switch (type) {
            case Token.EOF -> "the end of the statement";
            case QueryLexer.GROUP -> "GROUP BY";
            case QueryLexer.ORDER -> "ORDER BY";
            case QueryLexer.PRIMARY -> "PRIMARY KEY";
            case QueryLexer.TIME_UNIT -> "a unit of time";
            case QueryLexer.TIME_FIELD -> "a part of a time";
            case QueryLexer.STRING -> "a text in single quotes";
            case QueryLexer.BINARY -> "a binary text";
            case QueryLexer.INTEGER, QueryLexer.DECIMAL -> "a number";
            case QueryLexer.IDENTIFIER, QueryLexer.QUOTED_IDENTIFIER -> "a name";
            case QueryLexer.QUERY_PAREN -> "a query in parentheses";
            case QueryLexer.LEFT_PAREN -> "'('";
            case QueryLexer.UNIT_TO -> "TO";
            case QueryLexer.NOT_EQUAL -> "'<>'";
            case QueryLexer.HINT_END -> "'*/'";
            default -> isWord(type) ? word(type) : QueryLexer.VOCABULARY.getLiteralName(type);
        };
    }

    /** A token that stands in the text. */
    static String found(StatementTokens tokens, int index) {
        int type = tokens.type(index);
        String text = tokens.text(index);
        return switch (type) {
            case Token.EOF -> text.isEmpty() ? "the end of the text" : "';'";
            case QueryLexer.STRING -> "the text " + shortened(text);
            case QueryLexer.INTEGER, QueryLexer.DECIMAL -> "the number " + shortened(text);
            case QueryLexer.HINT -> "a hint comment";
            default -> isReserved(type) ? word(type) : "'" + shortened(text) + "'";
        };
    }

    static boolean isReserved(int type) {
        return type >= QueryLexer.SELECT && type <= QueryLexer.FALSE;
    }

    /** Whether it is a word of the language, reserved or not. */
    static boolean isWord(int type) {
        return type >= QueryLexer.SELECT && type <= QueryLexer.TIME_FIELD;
    }

    static boolean isName(int type) {
        return type == QueryLexer.IDENTIFIER
                || type == QueryLexer.QUOTED_IDENTIFIER
                || (isWord(type) && !isReserved(type));
    }

    /** The words are called as they are spelled. */
    static String word(int type) {
        return QueryLexer.VOCABULARY.getSymbolicName(type);
    }

    /** All words that a token can be, if it is one. */
    static Stream<String> words(int type) {
        return switch (type) {
            case QueryLexer.TIME_UNIT, QueryLexer.TIME_FIELD ->
                Arrays.stream(TimeUnit.values()).map(TimeUnit::name);
            default -> isWord(type) ? Stream.of(word(type)) : Stream.empty();
        };
    }

    static String shortened(String text) {
        if (text.codePointCount(0, text.length()) <= MAX_QUOTED) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, MAX_QUOTED)) + "…";
    }
}
