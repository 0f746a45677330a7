package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.leat.compiler.QueryCompiler;
import io.leat.compiler.bind.BoundScript;
import io.leat.compiler.logical.Traits.Changelog;
import io.leat.compiler.oracle.DuckDb;
import io.leat.grammar.source.QueryException;
import java.net.URI;
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
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Makes tests of cases: every case in every mode. Closing it finds leaks. */
final class CaseTests implements AutoCloseable {
    private static final QueryCompiler COMPILER = new QueryCompiler();

    private final TestEngine engine = new TestEngine();
    private final Path folder;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * @param folder where files of the cases may go
     */
    CaseTests(Path folder) {
        this.folder = folder;
    }

    /** How many cases were told as changes so far. */
    int told() {
        return told.size();
    }

    /**
     * The tests of a case.
     *
     * @param place where it stands
     * @param groups which of them, by the names of groups of modes and the like, or {@code all}
     */
    Stream<DynamicTest> of(Case each, URI place, Set<String> groups) {
        CaseRun run = run(each);
        Map<String, Executable> tests = new LinkedHashMap<>();
        if (each.error().isPresent()) {
            tests.put("error", () -> checkError(each, run));
        } else {
            addRuns(each, run, tests);
        }
        return tests.entrySet().stream()
                .filter(test -> groups.contains("all") || groups.contains(test.getKey()))
                .map(test -> DynamicTest.dynamicTest(each.name() + ": " + test.getKey(), place, test.getValue()));
    }

    /** Runs a case in a few modes. */
    void check(Case each) {
        CaseRun run = run(each);
        checkModes(each, run, List.of(Mode.REFERENCE, Mode.APART));
    }

    /** Compiles a case. */
    void compile(Case each) {
        run(each).compile(Variation.PLAIN);
    }

    private CaseRun run(Case each) {
        return new CaseRun(each, COMPILER, engine, folder.resolve(each.name()));
    }

    private void addRuns(Case each, CaseRun run, Map<String, Executable> tests) {
        if (!each.goldens().isEmpty()) {
            tests.put("goldens", () -> new Goldens(each, run).check());
        }
        Map<String, List<Mode>> groups = new LinkedHashMap<>();
        Mode.ALL.forEach(mode ->
                groups.computeIfAbsent(mode.group(), group -> new ArrayList<>()).add(mode));
        groups.forEach((group, modes) -> tests.put(group, () -> checkModes(each, run, modes)));
        tests.put("one rule off", () -> checkModes(each, run, run.oneRuleOff()));
        if (!each.hasMoments()) {
            // The interpreter knows one moment of the clock.
            tests.put("interpreter", () -> InterpreterCheck.check(each, run.tables()));
        }
        each.duckdb().ifPresent(question -> tests.put("duckdb", () -> checkDuckDb(each, run, question)));
    }

    private static void checkError(Case each, CaseRun run) {
        QueryException problem = assertThrows(QueryException.class, () -> run.compile(Variation.PLAIN));
        String message = new CaseText(each, Variation.PLAIN).message(problem);
        Goldens.check(each, "error", message);
    }

    private void checkModes(Case each, CaseRun run, List<Mode> modes) {
        for (Mode mode : modes) {
            if (mode.suits(each, run.tables())) {
                checkMode(each, run, mode);
            }
        }
    }

    private void checkMode(Case each, CaseRun run, Mode mode) {
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
        check.checkFreed(outcome, mode.name());
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

    @Override
    public void close() {
        engine.close();
    }
}
