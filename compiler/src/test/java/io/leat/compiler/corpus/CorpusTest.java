package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every case of the corpus in every mode. {@code -Dcase=windows,joins/using} runs those whose name contains one of these;
 * {@code -Dmodes=workers,told} only these groups of modes; {@code -Dgolden=update} rewrites the frozen artefacts, never the expected rows.
 */
@Tag("every-jdk")
class CorpusTest {
    private static final List<String> ONLY =
            List.of(System.getProperty("case", "").split(","));
    private static final Set<String> GROUPS =
            Set.of(System.getProperty("modes", "all").split(","));

    /** How many cases must be told as changes, lest a compiler that refuses them all goes unnoticed. */
    private static final int LEAST_TOLD = 100;

    @TempDir
    static Path folder;

    private static CaseTests tests;

    @BeforeAll
    static void open() {
        tests = new CaseTests(folder);
    }

    @AfterAll
    static void close() {
        tests.close();
        boolean whole = ONLY.contains("") && GROUPS.contains("all");
        assertTrue(!whole || tests.told() >= LEAST_TOLD, "only " + tests.told() + " cases were told as changes");
    }

    @TestFactory
    Stream<DynamicNode> corpus() {
        return CaseFile.all().stream()
                .filter(each -> ONLY.stream().anyMatch(each.name()::contains))
                .map(each -> DynamicContainer.dynamicContainer(
                        each.name(), tests.of(each, CaseFile.path(each).toUri(), GROUPS)));
    }

    /** A case says what it is about. */
    @TestFactory
    Stream<DynamicTest> reasons() {
        return CaseFile.all().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.name(), () -> assertEquals(false, each.reason().isBlank())));
    }
}
