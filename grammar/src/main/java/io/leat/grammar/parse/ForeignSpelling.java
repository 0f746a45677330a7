package io.leat.grammar.parse;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Words that mean something in another engine, and how Leat spells it. They are looked for only where a statement does not parse,
 * so none of them is lost as a name.
 *
 * @param atStart whether they begin a statement
 * @param help one thing to write instead
 */
record ForeignSpelling(boolean atStart, List<String> words, String help) {
    private static final List<ForeignSpelling> TABLE = read("foreign-spellings.txt");

    static List<ForeignSpelling> table() {
        return TABLE;
    }

    /** The first spelling in the table that the token at {@code found} is part of, or stands right behind. */
    static Optional<Diagnostic> at(StatementTokens tokens, int found) {
        for (ForeignSpelling spelling : TABLE) {
            for (int start = found; start >= Math.max(0, found - spelling.words.size()); start--) {
                if (spelling.standsAt(tokens, start)) {
                    return Optional.of(spelling.diagnostic(tokens, start));
                }
            }
        }
        return Optional.empty();
    }

    static Diagnostic diagnostic(String spelling, Origin at, String help) {
        return new Diagnostic(ErrorCode.FOREIGN_SPELLING, spelling + " is not supported", at).withHelp(help);
    }

    boolean standsAt(StatementTokens tokens, int start) {
        if (atStart && start != 0) {
            return false;
        }
        for (int word = 0; word < words.size(); word++) {
            if (!matches(words.get(word), tokens, start + word)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String word, StatementTokens tokens, int index) {
        int type = tokens.type(index);
        return switch (word) {
            case "<name>" -> TokenNames.isName(type);
            case "<number>" -> type == QueryLexer.INTEGER || type == QueryLexer.DECIMAL;
            case "<text>" -> type == QueryLexer.STRING;
            case "<unit>" ->
                type == QueryLexer.IDENTIFIER
                        && LiteralBuilder.unit(tokens.text(index)).isPresent();
            case "<hint>" -> type == QueryLexer.HINT;
            default -> tokens.is(index, word);
        };
    }

    /** Brackets at both ends only tell the words from others, and are left out. */
    private Diagnostic diagnostic(StatementTokens tokens, int start) {
        int first = words.get(0).equals(")") ? 1 : 0;
        int last = words.size() - 1;
        if (last > first && words.get(last).equals("(")) {
            last--;
        }
        Origin at = tokens.at(start + first).to(tokens.at(start + last));
        String written = TokenNames.shortened(tokens.text(at).replaceAll("\\s+", " "));
        boolean hasNames = words.stream().anyMatch(word -> word.startsWith("<") && word.endsWith(">"));
        String shown = hasNames ? written : written.toUpperCase(Locale.ROOT);
        return diagnostic(Character.isLetter(shown.charAt(0)) ? shown : "'" + shown + "'", at, help);
    }

    private static List<ForeignSpelling> read(String resource) {
        try (InputStream in = ForeignSpelling.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("--"))
                    .map(ForeignSpelling::readLine)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ForeignSpelling readLine(String line) {
        String[] columns = line.split("\\s{2,}", 2);
        List<String> words = List.of(columns[0].split(" "));
        // A lone ^ is a sign of its own.
        boolean atStart = words.size() > 1 && words.get(0).equals("^");
        return new ForeignSpelling(atStart, atStart ? words.subList(1, words.size()) : words, columns[1]);
    }
}
