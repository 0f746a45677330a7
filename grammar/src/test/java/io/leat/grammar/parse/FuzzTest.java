package io.leat.grammar.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import io.leat.grammar.tree.RandomTrees;
import io.leat.grammar.tree.Script;
import io.leat.grammar.tree.TreePrinter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Any text at all: a script or an error about it, soon, and never anything else. */
class FuzzTest {
    private static final long MILLIS_PER_KIND = Long.getLong("fuzz.millis", 1_500);
    private static final long MAX_MILLIS_PER_TEXT = 2_000;

    private final long seed = Long.getLong("seed", 1);
    private final Random random = new Random(seed);
    private final List<String> written = CaseFile.inputs("trees");
    private final List<String> words = words();

    @Test
    void tokenSoup() {
        fuzz(
                "token soup",
                () -> IntStream.range(0, random.nextInt(60))
                        .mapToObj(index -> pick(words))
                        .collect(Collectors.joining(random.nextBoolean() ? " " : "")));
    }

    @Test
    void mutatedStatements() {
        fuzz("mutated statements", () -> {
            String text = pick(written);
            for (int change = random.nextInt(4); change >= 0; change--) {
                text = mutated(text);
            }
            return text;
        });
    }

    @Test
    void mutatedRandomStatements() {
        RandomTrees trees = new RandomTrees(seed);
        fuzz("mutated random statements", () -> {
            String text = TreePrinter.print(trees.statement());
            return mutated(text.length() > 5_000 ? text.substring(0, 5_000) : text);
        });
    }

    @Test
    void randomBytes() {
        fuzz("random bytes", () -> {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            return new String(bytes, random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16);
        });
    }

    private void fuzz(String kind, Supplier<String> texts) {
        System.out.println("FuzzTest, " + kind + ": -Dseed=" + seed);
        long end = System.nanoTime() + MILLIS_PER_KIND * 1_000_000;
        while (System.nanoTime() < end) {
            String text = texts.get();
            long start = System.nanoTime();
            try {
                check(text);
            } catch (RuntimeException | Error failure) {
                throw new AssertionError(kind + ", seed " + seed + ": " + text, failure);
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis < MAX_MILLIS_PER_TEXT, () -> kind + ", seed " + seed + ", " + millis + " ms: " + text);
        }
    }

    private static void check(String text) {
        SourceText source = new SourceText("fuzz.sql", text);
        try {
            Script script = Parser.parse(source);
            String printed =
                    script.statements().stream().map(TreePrinter::print).collect(Collectors.joining(";"));
            assertEquals(script, Parser.parse(new SourceText("printed.sql", printed)), printed);
        } catch (QueryException failure) {
            if (failure.source() != source) {
                throw failure;
            }
            for (Diagnostic diagnostic : failure.diagnostics()) {
                assertTrue(diagnostic.at().end() <= source.text().length(), diagnostic::toString);
                assertTrue(diagnostic.code() != ErrorCode.NESTED_TOO_DEEPLY, diagnostic::toString);
                boolean says = diagnostic.code() != ErrorCode.UNEXPECTED_TOKEN
                        || diagnostic.message().contains("expected");
                assertTrue(says || diagnostic.help().isPresent(), diagnostic::toString);
            }
        }
    }

    private String mutated(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int from = random.nextInt(text.length());
        int to = from + random.nextInt(Math.min(20, text.length() - from) + 1);
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + " " + pick(words) + " " + text.substring(from);
            case 2 -> text.substring(0, from) + (char) random.nextInt(0x250) + text.substring(from);
            case 3 -> text.substring(0, from) + text.substring(from, to) + text.substring(from);
            default -> text.substring(0, from) + " " + pick(words) + " " + text.substring(to);
        };
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static List<String> words() {
        List<String> words =
                new ArrayList<>(List.of("a", "b", "\"c\"", "'text'", "1", "2.5", "X'00'", "DAY", "SECONDS", "EPOCH"));
        for (int type = 1; type <= QueryLexer.VOCABULARY.getMaxTokenType(); type++) {
            String sign = QueryLexer.VOCABULARY.getLiteralName(type);
            if (sign != null) {
                words.add(sign.substring(1, sign.length() - 1));
            }
        }
        words.addAll(List.of(
                "->",
                "==",
                "!",
                "|",
                "?",
                "[",
                "{",
                "/*+ x */",
                "/*",
                "'",
                "\"",
                "--",
                "\n",
                "$",
                "<>",
                "FROM t",
                "SELECT 1",
                "(",
                ")",
                "(",
                ")",
                ","));
        return words;
    }
}
