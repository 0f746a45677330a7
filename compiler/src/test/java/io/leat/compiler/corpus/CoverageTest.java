package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.leat.compiler.corpus.Coverage.Entry;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.QueryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What users of other engines type first: each text runs, or is refused with what to write instead, and the table of its page says
 * which. {@code -Dcase=spark} tries one community.
 */
class CoverageTest {
    private static final List<String> COMMUNITIES = List.of("flink", "spark", "ksqldb", "duckdb", "postgres");
    private static final String ONLY = System.getProperty("case", "");

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
    }

    @TestFactory
    Stream<DynamicTest> everyTextDoesWhatItSays() {
        return COMMUNITIES.stream()
                .filter(community -> community.contains(ONLY))
                .flatMap(community -> Coverage.of(community).entries().stream())
                .map(entry ->
                        DynamicTest.dynamicTest(entry.asTyped().name() + ": " + entry.title(), () -> check(entry)));
    }

    private static void check(Entry entry) {
        if (entry.refused()) {
            assertFalse(advice(refusal(entry)).isEmpty(), "says what to do instead");
        } else if (entry.runs()) {
            tests.check(entry.asTyped());
            entry.ours().ifPresent(tests::check);
        } else {
            tests.compile(entry.asTyped());
            entry.ours().ifPresent(tests::compile);
        }
    }

    private static Diagnostic refusal(Entry entry) {
        QueryException problem =
                assertThrows(QueryException.class, () -> tests.compile(entry.asTyped()), entry.title());
        return problem.diagnostics().get(0);
    }

    private static String advice(Diagnostic refusal) {
        return refusal.help().orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flink", "spark", "ksqldb", "duckdb", "postgres"})
    void pageSaysWhatHappens(String community) {
        Coverage coverage = Coverage.of(community);
        List<String> lines = new ArrayList<>();
        lines.add(summary(coverage.entries()));
        String topic = "";
        for (Entry entry : coverage.entries()) {
            if (!entry.topic().equals(topic)) {
                topic = entry.topic();
                lines.addAll(List.of("", "### " + topic, "| written | what happens | here |", "|---|---|---|"));
            }
            lines.add(row(entry));
        }
        Path page = LanguagePage.FOLDER.resolve("coming-from-" + community + ".md");
        new GeneratedPart(page, "what happens").check(lines);
    }

    private static String summary(List<Entry> entries) {
        long refused = entries.stream().filter(Entry::refused).count();
        long other = entries.stream().filter(entry -> entry.ours().isPresent()).count();
        return "Of " + entries.size() + " texts " + (entries.size() - refused - other) + " run as they stand, " + other
                + " run and have another spelling here, too, and " + refused + " are refused.";
    }

    private static String row(Entry entry) {
        if (entry.refused()) {
            Diagnostic refusal = refusal(entry);
            return cells(entry.title(), "refused: " + refusal.message(), advice(refusal));
        }
        String happens = entry.runs() ? "runs" : "compiles";
        return cells(
                entry.title(),
                happens,
                entry.ours().map(ours -> "`" + oneLine(ours.query()) + "`").orElse("the same"));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static String cells(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        return row.toString();
    }
}
