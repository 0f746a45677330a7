package io.leat.compiler.corpus;

import io.leat.compiler.bind.BoundScript;
import io.leat.compiler.bind.BoundStatement;
import io.leat.compiler.bytecode.CompilerBug;
import io.leat.compiler.corpus.Variation.ScanMode;
import io.leat.compiler.oracle.DuckDb;
import io.leat.compiler.oracle.Interpretation;
import io.leat.compiler.oracle.Interpreter;
import io.leat.compiler.oracle.Refusal;
import io.leat.grammar.source.QueryException;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.type.Type;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Runs a case without expected rows in several modes and compares each with the interpreter: rows, refused rows and counts. Where the
 * interpreter has no answer, with the first mode; where the case is for DuckDB, too, with that.
 */
final class RandomCaseCheck {
    /** Those for which a case must be written, and those of which others say more. */
    private static final Set<String> LEFT_OUT =
            Set.of("no side tables", "all tables streams", "from CSV", "from Parquet", "from a job jar");

    private static final Pattern NO_ROWS = Pattern.compile("\\bLIMIT 0\\b");

    private final Case of;
    private final CaseRun run;
    private final RandomTotals totals;
    private Outcome first;

    RandomCaseCheck(Case of, CaseRun run, RandomTotals totals) {
        this.of = of;
        this.run = run;
        this.totals = totals;
    }

    /**
     * How some mode differs from the interpreter; empty if none does.
     *
     * @throws QueryException if the query does not compile
     */
    Optional<String> difference() {
        for (Mode mode : Mode.ALL) {
            boolean bounded = mode.variation().mode() == ScanMode.ALL_BOUNDED && !of.hasStreams();
            if (LEFT_OUT.contains(mode.name()) || bounded) {
                continue;
            }
            Optional<String> difference;
            try {
                difference = difference(mode);
            } catch (QueryException e) {
                if (mode == Mode.REFERENCE || !mode.mayBeRefused()) {
                    throw e;
                }
                continue;
            }
            if (difference.isPresent()) {
                return Optional.of(mode.name() + ": " + difference.get());
            }
        }
        return of.duckdb().isPresent() ? duckDb() : Optional.empty();
    }

    private Optional<String> difference(Mode mode) {
        CaseText text = new CaseText(of, mode.variation());
        try {
            run.compile(mode.variation());
        } catch (CompilerBug e) {
            return Optional.of(e.getMessage());
        }
        BoundScript script = CaseBinding.bind(text.source(), of.parameters());
        Outcome actual;
        try {
            actual = run.run(mode);
        } catch (RuntimeException | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return Optional.of("the run breaks down: " + trace);
        }
        if (mode == Mode.REFERENCE) {
            first = actual;
        }
        totals.ran();
        Optional<Interpretation> interpretation = interpretation(script);
        boolean fails = interpretation
                .map(expected -> expected.failure().isPresent())
                .orElseGet(() -> first.failure().isPresent());
        boolean mayDiffer = mode.variation().told() || wantsNothing();
        if (mayDiffer && (fails || actual.failure().isPresent())) {
            // On its way to a result that can be had, one may be told that cannot, and the other way round. And what
            // nobody wants need
            // not be computed.
            return Optional.empty();
        }
        if (fails || actual.failure().isPresent()) {
            return fails && actual.failure().isPresent()
                    ? Optional.empty()
                    : Optional.of("the job fails: " + actual.failure() + ", expected: "
                            + interpretation
                                    .flatMap(Interpretation::failure)
                                    .map(at -> text.source().line(at.start()) + ":"
                                            + text.source().column(at.start()))
                            + (interpretation.isPresent() ? "" : " " + first.failure()));
        }
        if (interpretation.isEmpty() && mode.variation().mode() == ScanMode.ALL_BOUNDED) {
            // Rows that were late for the first mode are not late here.
            return Optional.empty();
        }
        List<Answer> expected = interpretation.map(Interpretation::answers).orElse(first.answers());
        // Rows that were late for the first mode, and got no further, may be refused in a run where none is late. And
        // who wants no row
        // need not read any.
        boolean comparable = (!isChangelog() || mode.variation().mode() != ScanMode.ALL_BOUNDED) && !wantsNothing();
        int sides = of.rejected().size();
        Optional<String> difference = comparable
                ? rows(script, expected, actual, sides)
                : rows(
                        script,
                        expected.subList(0, expected.size() - sides - of.late().size()),
                        actual,
                        0);
        if (difference.isPresent() || actual.report().isEmpty()) {
            return difference;
        }
        long left = actual.report().get().openWindows().entries();
        if (left > 0 && !stopsEarly()) {
            return Optional.of(left + " entries are left in operators");
        }
        // What becomes of rows that are replaced is not known to the interpreter.
        return isChangelog() || wantsNothing()
                ? Optional.empty()
                : interpretation.flatMap(each -> CountsComparison.difference(
                        each, actual.report().get(), mode.variation().sized()));
    }

    private boolean wantsNothing() {
        return NO_ROWS.matcher(of.query()).find();
    }

    /** Whether a LIMIT may end the reading before the last row. */
    private boolean stopsEarly() {
        return of.query().contains("LIMIT");
    }

    private Optional<Interpretation> interpretation(BoundScript script) {
        try {
            Interpretation answer = new Interpreter(script, run.tables(), TestEngine.NOW_MICROS).run();
            totals.interpreted();
            return Optional.of(answer);
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    private Optional<String> rows(BoundScript script, List<Answer> expected, Outcome actual, int sides) {
        CaseCheck check = new CaseCheck(of, script.statements(), CaseCheck.OUTSIDE_TOLERANCE);
        List<BoundStatement> printed = script.statements().stream()
                .filter(statement -> statement.sink().kind() == SinkSpec.Kind.PRINT)
                .toList();
        for (int i = 0; i < expected.size(); i++) {
            List<Type> types = expected.get(i).types();
            List<List<Object>> wanted = expected.get(i).rows();
            List<List<Object>> given = actual.answers().get(i).rows();
            if (i >= expected.size() - sides) {
                // The interpreter knows the rows that are left of a changelog, and not those that were refused and then
                // replaced.
                wanted = isChangelog() ? first.answers().get(i).rows() : wanted;
                wanted = InterpreterCheck.withoutLast(wanted);
                given = InterpreterCheck.withoutLast(given);
            } else if (printed.get(i).sink().changes()) {
                try {
                    given = Changes.summedUp(given);
                } catch (AssertionError e) {
                    return Optional.of("result " + (i + 1) + ": " + e.getMessage() + "\n"
                            + String.join("\n", actual.answers().get(i).lines()));
                }
            }
            List<String> differences = check.comparison(i).differences(wanted, given, types);
            if (!differences.isEmpty()) {
                return Optional.of("result " + (i + 1) + ":\n" + String.join("\n", differences));
            }
        }
        return Optional.empty();
    }

    private boolean isChangelog() {
        return of.tables().stream().anyMatch(table -> table.options().isPresent());
    }

    private Optional<String> duckDb() {
        CaseText text = new CaseText(of, Variation.PLAIN);
        BoundScript script = CaseBinding.bind(text.source(), of.parameters());
        CaseCheck check = new CaseCheck(of, script.statements(), CaseCheck.OUTSIDE_TOLERANCE);
        List<Answer> expected;
        try (DuckDb database = DuckDb.with(run.tables())) {
            expected = database.run(of.query(), check.printedColumns());
        } catch (SQLException e) {
            totals.notAnswered(e.getMessage());
            return Optional.empty();
        }
        totals.answered();
        return first.failure().isPresent()
                ? Optional.of("the job fails, and DuckDB does not: " + first.failure())
                : rows(script, new ArrayList<>(expected), first, 0).map(difference -> "DuckDB: " + difference);
    }
}
