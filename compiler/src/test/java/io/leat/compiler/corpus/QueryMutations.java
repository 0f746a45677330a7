package io.leat.compiler.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Query texts of the corpus with a few tokens left out, swapped, doubled, or replaced by those of another case. */
final class QueryMutations {
    private static final Pattern TOKEN =
            Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\\w+(?:\\.\\d+)?|\\|>|[<>=!:|]{1,2}|\\s+|.");
    private static final int MAX_CHANGES = 3;

    private final List<List<String>> texts;
    private final Random random;

    QueryMutations(List<String> texts, long seed) {
        this.texts = texts.stream().map(QueryMutations::tokens).toList();
        this.random = new Random(seed);
    }

    private static List<String> tokens(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }

    /** Some text of the corpus, with one to three changes. */
    String next() {
        List<String> tokens = new ArrayList<>(pick(texts));
        for (int left = 1 + random.nextInt(random.nextInt(MAX_CHANGES) + 1); left > 0 && !tokens.isEmpty(); left--) {
            change(tokens);
        }
        return String.join("", tokens);
    }

    private void change(List<String> tokens) {
        int at = meaningful(tokens);
        switch (random.nextInt(10)) {
            case 0 -> tokens.remove(at);
            case 1 -> {
                int other = meaningful(tokens);
                String token = tokens.get(at);
                tokens.set(at, tokens.get(other));
                tokens.set(other, token);
            }
            case 2 -> {
                tokens.add(at, " ");
                tokens.add(at, tokens.get(at + 1));
            }
            case 3 -> tokens.set(at, tokens.get(meaningful(tokens)));
            case 4 -> {
                List<String> elsewhere = pick(texts);
                tokens.set(at, elsewhere.get(meaningful(elsewhere)));
            }
            default -> tokens.set(at, alike(tokens.get(at), random.nextBoolean() ? tokens : pick(texts)));
        }
    }

    /** A token of the same kind, which leaves more queries right than any other. */
    private String alike(String token, List<String> tokens) {
        for (int tries = 0; tries < tokens.size(); tries++) {
            String other = tokens.get(random.nextInt(tokens.size()));
            if (kind(other) == kind(token)) {
                return other;
            }
        }
        return token;
    }

    /** A name, a number, a quote, or the sign itself. */
    private static int kind(String token) {
        char first = token.charAt(0);
        return Character.isDigit(first) ? '0' : Character.isLetter(first) ? 'a' : first == '\'' ? first : '+';
    }

    /** The position of a token that is no white space, if there is one. */
    private int meaningful(List<String> tokens) {
        int at = random.nextInt(tokens.size());
        for (int tries = 0; tries < tokens.size() && tokens.get(at).isBlank(); tries++) {
            at = (at + 1) % tokens.size();
        }
        return at;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
