package io.leat.grammar.parse;

import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;

/**
 * The names that a statement which cannot be read was probably meant to declare. A word too many does no harm: it only keeps quiet
 * about a table that nobody declared.
 */
final class DeclaredNames {
    private final StatementTokens tokens;
    private final Set<String> names = new TreeSet<>();

    private DeclaredNames(StatementTokens tokens) {
        this.tokens = tokens;
    }

    /** Everything that could be a name between a CREATE and the bracket, AS or WITH behind it. */
    static Set<String> of(StatementTokens tokens) {
        DeclaredNames declared = new DeclaredNames(tokens);
        for (int index = 0; index < tokens.size(); index++) {
            if (tokens.type(index) == QueryLexer.CREATE) {
                declared.takeFrom(index + 1);
            }
        }
        return declared.names;
    }

    private void takeFrom(int first) {
        StringBuilder dotted = new StringBuilder();
        for (int index = first; !endsHead(tokens.type(index)); index++) {
            if (TokenNames.isName(tokens.type(index))) {
                if (tokens.type(index - 1) != QueryLexer.DOT) {
                    dotted.setLength(0);
                }
                dotted.append(name(index));
                names.add(dotted.toString());
            } else if (tokens.type(index) == QueryLexer.DOT) {
                dotted.append('.');
            }
        }
    }

    private static boolean endsHead(int type) {
        return switch (type) {
            case QueryLexer.LEFT_PAREN,
                    QueryLexer.QUERY_PAREN,
                    QueryLexer.AS,
                    QueryLexer.WITH,
                    QueryLexer.SELECT,
                    QueryLexer.FROM,
                    Token.EOF -> true;
            default -> false;
        };
    }

    private String name(int index) {
        String text = tokens.text(index);
        return tokens.type(index) == QueryLexer.QUOTED_IDENTIFIER ? LiteralBuilder.unquoted(text) : text;
    }
}
