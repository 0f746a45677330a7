package io.leat.grammar.parse;

import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/** Cuts a text into tokens, and the tokens into statements. */
final class TokenReader {
    /** The limit named <em>text size</em>, in bytes of UTF-8. */
    static final int MAX_TEXT_BYTES = 1 << 20;

    /** The one hint whose content is read; any other is one token that nothing takes. */
    private static final Pattern OPTIONS = Pattern.compile("/\\*\\+\\s*OPTIONS\\b", Pattern.CASE_INSENSITIVE);

    private final SourceText source;

    TokenReader(SourceText source) {
        this.source = source;
    }

    /**
     * The statements that are not empty. No statement contains a semicolon, so one that is broken does not reach into the next.
     */
    List<StatementTokens> statements() {
        List<List<Token>> statements = new ArrayList<>();
        List<Token> statement = new ArrayList<>();
        for (Token token : tokens()) {
            statement.add(token);
            if (token.getType() == QueryLexer.SEMICOLON || token.getType() == Token.EOF) {
                statements.add(statement);
                statement = new ArrayList<>();
            }
        }
        StatementSets.open(statements);
        return statements.stream()
                .filter(tokens -> tokens.size() > 1)
                .map(tokens -> {
                    Token end = tokens.remove(tokens.size() - 1);
                    return closed(tokens, end);
                })
                .toList();
    }

    /** The text as if it were one statement. */
    StatementTokens whole() {
        List<Token> tokens = tokens();
        Token end = tokens.remove(tokens.size() - 1);
        return closed(tokens, end);
    }

    /** Ends a statement with an end token that stands on its semicolon, or right behind its last token. */
    private StatementTokens closed(List<Token> tokens, Token end) {
        boolean atSemicolon = end.getType() == QueryLexer.SEMICOLON;
        int afterLast = tokens.isEmpty() ? 0 : tokens.get(tokens.size() - 1).getStopIndex() + 1;
        CommonToken closing = new CommonToken(end);
        closing.setType(Token.EOF);
        closing.setStartIndex(atSemicolon ? end.getStartIndex() : afterLast);
        closing.setStopIndex(atSemicolon ? end.getStopIndex() : afterLast - 1);
        tokens.add(closing);
        return new StatementTokens(source, tokens);
    }

    /** All tokens that mean something, and the end. */
    private List<Token> tokens() {
        checkLength();
        QueryLexer lexer = new QueryLexer(new SourceCharacters(source));
        // Whatever is no token of the language has a rule of its own at the end of the lexer.
        lexer.removeErrorListeners();
        List<Token> tokens = new ArrayList<>();
        boolean inHint = false;
        Token token;
        do {
            int start = lexer.getInputStream().index();
            boolean endsHint = inHint && source.text().startsWith("*/", start);
            token = endsHint ? endOfHint(lexer, start) : lexer.nextToken();
            boolean beginsHint = token.getType() == QueryLexer.HINT
                    && OPTIONS.matcher(token.getText()).lookingAt();
            if (beginsHint) {
                lexer.getInputStream().seek(token.getStartIndex() + "/*+".length());
                lexer._hitEOF = false;
            }
            inHint = beginsHint || inHint && !endsHint;
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                tokens.add(token);
            }
        } while (token.getType() != Token.EOF);
        return tokens;
    }

    private static Token endOfHint(QueryLexer lexer, int start) {
        CommonToken end = new CommonToken(QueryLexer.HINT_END, "*/");
        end.setStartIndex(start);
        end.setStopIndex(start + 1);
        lexer.getInputStream().seek(start + 2);
        return end;
    }

    private void checkLength() {
        String text = source.text();
        int bytes = 0;
        for (int at = 0; at < text.length(); at++) {
            bytes += bytes(text.charAt(at));
            if (bytes > MAX_TEXT_BYTES) {
                throw new SyntaxException(
                        ErrorCode.TEXT_TOO_LONG,
                        "the text is longer than the limit 'text size' of 1 MiB (1048576 bytes)",
                        new Origin(at, at),
                        "split it into several files, or move data out of the query into a file that it reads");
            }
        }
    }

    private static int bytes(char unit) {
        if (unit < 0x80) {
            return 1;
        }
        // A surrogate is half of a character of four bytes.
        return unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
    }
}
