package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.QueryCompiler;
import io.leat.compiler.bind.BoundScript;
import io.leat.compiler.logical.Traits.Changelog;
import io.leat.compiler.oracle.DuckDb;
import io.leat.grammar.source.QueryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * Every case of the corpus in every mode. {@code -Dcase=windows} runs those whose name contains that; {@code -Dgolden=update}
 * rewrites the frozen artefacts, never the expected rows.
 */
@Tag("every-jdk")
class CorpusTest {
    private static final String ONLY = System.getProperty("case", "");

    @TempDir
    static Path folder;

    private static final QueryCompiler COMPILER = new QueryCompiler();
    /** How many cases must be told as changes, lest a compiler that refuses them all goes unnoticed. */
    private static final int LEAST_TOLD = 100;

    private static final Set<String> told = ConcurrentHashMap.newKeySet();
    private static TestEngine engine;

    @BeforeAll
    static void open() {
        engine = new TestEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
        assertTrue(!ONLY.isEmpty() || told.size() >= LEAST_TOLD, "only " + told.size() + " cases were told as changes");
    }

    @TestFactory
    Stream<DynamicNode> corpus() {
        return CaseFile.all().stream()
                .filter(each -> each.name().contains(ONLY))
                .map(each -> DynamicContainer.dynamicContainer(each.name(), tests(each)));
    }

    private static Stream<DynamicTest> tests(Case each) {
        CaseRun run = new CaseRun(each, COMPILER, engine, folder.resolve(each.name()));
        List<DynamicTest> tests = new ArrayList<>();
        if (each.error().isPresent()) {
            tests.add(test(each, "error", () -> checkError(each, run)));
            return tests.stream();
        }
        if (!each.goldens().isEmpty()) {
            tests.add(test(each, "goldens", () -> new Goldens(each, run).check()));
        }
        Map<String, List<Mode>> groups = new LinkedHashMap<>();
        Mode.ALL.forEach(mode ->
                groups.computeIfAbsent(mode.group(), group -> new ArrayList<>()).add(mode));
        groups.forEach((group, modes) -> tests.add(test(each, group, () -> checkModes(each, run, modes))));
        tests.add(test(each, "one rule off", () -> checkModes(each, run, run.oneRuleOff())));
        tests.add(test(each, "interpreter", () -> InterpreterCheck.check(each, run.tables())));
        each.duckdb().ifPresent(question -> tests.add(test(each, "duckdb", () -> checkDuckDb(each, run, question))));
        return tests.stream();
    }

    private static DynamicTest test(Case each, String title, org.junit.jupiter.api.function.Executable test) {
        return DynamicTest.dynamicTest(
                each.name() + ": " + title, CaseFile.path(each).toUri(), test);
    }

    private static void checkError(Case each, CaseRun run) {
        QueryException problem = assertThrows(QueryException.class, () -> run.compile(Variation.PLAIN));
        String message = new CaseText(each, Variation.PLAIN).message(problem);
        Goldens.check(each, "error", message);
    }

    private static void checkModes(Case each, CaseRun run, List<Mode> modes) {
        for (Mode mode : modes) {
            if (mode.suits(each, run.tables())) {
                checkMode(each, run, mode);
            }
        }
    }

    private static void checkMode(Case each, CaseRun run, Mode mode) {
        try {
            run.compile(mode.variation());
        } catch (QueryException e) {
            if (mode.mayBeRefused()) {
                return;
            }
            throw new AssertionError(mode.name() + ": " + e.getMessage(), e);
        }
        CaseText text = new CaseText(each, mode.variation());
        BoundScript script = CaseBinding.bind(text.source(), each.parameters());
        if (mode.variation().told()) {
            boolean updates = script.statements().stream()
                    .anyMatch(statement -> statement.plan().traits().changelog() == Changelog.RETRACT);
            if (updates) {
                told.add(each.name());
            }
        }
        CaseCheck check = new CaseCheck(each, script.statements());
        Outcome outcome = withOwnPositions(run.run(mode), text);
        if (mode.variation().told()
                && outcome.failure().filter(Mode::isTooEarly).isPresent()) {
            return;
        }
        check.check(outcome, mode.name(), mode.variation());
        check.checkCounts(outcome, run.tables(), mode.name());
    }

    private static void checkDuckDb(Case each, CaseRun run, String question) throws SQLException {
        CaseText text = new CaseText(each, Variation.PLAIN.withoutSideTables());
        BoundScript script = CaseBinding.bind(text.source(), each.parameters());
        CaseCheck check = new CaseCheck(each, script.statements(), CaseCheck.OUTSIDE_TOLERANCE);
        try (DuckDb database = DuckDb.with(run.tables())) {
            String sql = question.equals(Case.SAME) ? each.query() : question;
            List<Answer> answers = database.run(sql, check.printedColumns());
            check.check(
                    new Outcome(answers, Optional.empty(), Optional.empty()),
                    "DuckDB",
                    Variation.PLAIN.withoutSideTables());
        }
    }

    private static Outcome withOwnPositions(Outcome outcome, CaseText text) {
        return new Outcome(outcome.answers(), outcome.failure().map(text::positions), outcome.report());
    }

    /** A case says what it is about. */
    @TestFactory
    Stream<DynamicTest> reasons() {
        return CaseFile.all().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.name(), () -> assertEquals(false, each.reason().isBlank())));
    }
}
