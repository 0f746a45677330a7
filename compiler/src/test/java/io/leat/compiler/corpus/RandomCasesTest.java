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
 * Random cases, compiled and run in several modes, against the interpreter. {@code -Drandom.seeds=5000} tries so many, {@code
 * -Drandom.first=77} begins with that seed. A failure prints the case made small, ready to be put into the corpus.
 */
class RandomCasesTest {
    private static final int SEEDS = Integer.getInteger("random.seeds", 60);
    private static final long FIRST = Long.getLong("random.first", 1);

    @TempDir
    static Path folder;

    private static final QueryCompiler COMPILER = new QueryCompiler();
    private static TestEngine engine;
    private static int understood;

    @BeforeAll
    static void open() {
        engine = new TestEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
        assertTrue(SEEDS < 20 || understood * 10 > SEEDS * 7, "only " + understood + " queries compile");
    }

    @TestFactory
    Stream<DynamicTest> seeds() {
        return LongStream.range(FIRST, FIRST + SEEDS)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> check(seed)));
    }

    private static void check(long seed) {
        String text = RandomCase.text(seed);
        try {
            Optional<String> difference = difference(text);
            understood++;
            if (difference.isPresent()) {
                String small = new CaseShrinker(RandomCasesTest::fails).shrink(text);
                fail("seed " + seed + ": " + difference(small).orElse("") + "\n\n" + small + "\n\nfrom\n" + text);
            }
        } catch (QueryException e) {
            // Not every text that the generator makes is a query.
            if (Boolean.getBoolean("random.verbose")) {
                System.out.println("seed " + seed + ": " + e.getMessage());
            }
        }
    }

    private static boolean fails(String text) {
        try {
            // Which rows a LIMIT takes is left open where no order is given.
            boolean open = text.contains("LIMIT") && !text.contains("ORDER BY");
            return !open && difference(text).isPresent();
        } catch (QueryException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<String> difference(String text) {
        Path data = folder.resolve("case");
        FileTree.delete(data);
        Case each = CaseFile.parse("random", text);
        return new RandomCaseCheck(each, new CaseRun(each, COMPILER, engine, data)).difference();
    }
}
