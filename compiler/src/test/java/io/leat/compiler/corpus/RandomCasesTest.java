package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.leat.compiler.QueryCompiler;
import io.leat.compiler.random.RandomCase;
import io.leat.grammar.source.QueryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random cases, compiled and run in several modes, against the interpreter and DuckDB. {@code -Drandom.seeds=5000} tries so many, {@code
 * -Drandom.first=77} begins with that seed, {@code -Drandom.minutes=10} goes on for so long. A failure prints the case made small, ready
 * to be put into the corpus; in the end the totals are printed, with the seed to go on with.
 */
class RandomCasesTest {
    private static final long MINUTES = Long.getLong("random.minutes", 0);
    private static final long SEEDS = MINUTES > 0 ? Long.MAX_VALUE / 2 : Long.getLong("random.seeds", 40);
    private static final long FIRST = Long.getLong("random.first", 1);
    /** How many of a hundred texts need be no query. */
    private static final int MOST_REFUSED = 30;

    @TempDir
    static Path folder;

    private static final QueryCompiler COMPILER = new QueryCompiler();
    private static final RandomTotals TOTALS = new RandomTotals();
    private static TestEngine engine;
    private static long end;

    @BeforeAll
    static void open() {
        engine = new TestEngine();
        end = System.nanoTime() + MINUTES * 60_000_000_000L;
    }

    @AfterAll
    static void close() {
        engine.close();
        report();
        assertTrue(
                TOTALS.cases() < 20 || TOTALS.refusedOfHundred() <= MOST_REFUSED,
                "too few texts are queries: " + TOTALS.text());
    }

    private static void report() {
        System.out.println(
                "random cases, seeds " + FIRST + " to " + (FIRST + TOTALS.cases() - 1) + ": " + TOTALS.text());
    }

    @TestFactory
    Stream<DynamicTest> seeds() {
        return LongStream.range(FIRST, FIRST + SEEDS)
                .takeWhile(seed -> MINUTES == 0 || System.nanoTime() < end)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> check(seed)));
    }

    private static void check(long seed) {
        String text = RandomCase.text(seed);
        try {
            Optional<String> difference = difference(text, TOTALS);
            TOTALS.compared();
            if (difference.isPresent()) {
                TOTALS.differed();
                System.out.println("seed " + seed + " differs: " + difference.get());
                RandomTotals others = new RandomTotals();
                String small = new CaseShrinker(each -> fails(each, others)).shrink(text);
                fail("seed " + seed + ": " + difference(small, others).orElse("") + "\n\n" + small + "\n\nfrom\n" + text
                        + "\nwhere\n" + difference.get());
            }
        } catch (QueryException e) {
            // Not every text that the generator makes is a query.
            TOTALS.refused();
            if (Boolean.getBoolean("random.verbose")) {
                System.out.println("seed " + seed + ": " + e.getMessage());
            }
        }
        if (TOTALS.cases() % 20 == 0) {
            report();
        }
    }

    private static boolean fails(String text, RandomTotals totals) {
        try {
            // Which rows a LIMIT takes is left open where no order is given.
            boolean open = text.contains("LIMIT") && !text.contains("ORDER BY");
            return !open && difference(text, totals).isPresent();
        } catch (QueryException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<String> difference(String text, RandomTotals totals) {
        Path data = folder.resolve("case");
        FileTree.delete(data);
        Case each = CaseFile.parse("random", text);
        return new RandomCaseCheck(each, new CaseRun(each, COMPILER, engine, data), totals).difference();
    }
}
