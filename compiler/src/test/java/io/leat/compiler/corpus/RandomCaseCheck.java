package io.leat.compiler.corpus;

import io.leat.compiler.bind.BoundScript;
import io.leat.compiler.bytecode.CompilerBug;
import io.leat.compiler.corpus.Variation.ScanMode;
import io.leat.compiler.oracle.Interpretation;
import io.leat.compiler.oracle.Interpreter;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.RowCounts;
import io.leat.runtime.type.Type;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

/** Runs a case without expected rows in several modes and compares each with the interpreter: rows, refused rows and counts. */
final class RandomCaseCheck {
    private static final JobSettings HEAP = JobSettings.NONE.withStateStore(StateStoreKind.HEAP);
    private static final JobSettings TIGHT = HEAP.withHotGroups(2).withEpochMillis(1);
    private static final Variation PLAIN = Variation.PLAIN;

    private static final List<Mode> MODES = List.of(
            new Mode("as is", "", PLAIN, HEAP.withBatchRows(4096), false),
            new Mode("batches of 1", "", PLAIN, HEAP.withBatchRows(1), false),
            new Mode("optimizer off", "", PLAIN.unoptimized(), HEAP.withBatchRows(3), false),
            new Mode("2 hot groups", "", PLAIN, TIGHT.withBatchRows(2), false),
            new Mode("3 workers, 2 hot groups", "", PLAIN.withParallelism(3), TIGHT.withBatchRows(3), false),
            new Mode("all tables bounded", "", PLAIN.withMode(ScanMode.ALL_BOUNDED), HEAP.withBatchRows(3), false));

    private final Case of;
    private final CaseRun run;

    RandomCaseCheck(Case of, CaseRun run) {
        this.of = of;
        this.run = run;
    }

    /**
     * How some mode differs from the interpreter; empty if none does.
     *
     * @throws io.leat.grammar.source.QueryException if the query does not compile
     */
    Optional<String> difference() {
        for (Mode mode : MODES) {
            Optional<String> difference = difference(mode);
            if (difference.isPresent()) {
                return Optional.of(mode.name() + ": " + difference.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> difference(Mode mode) {
        CaseText text = new CaseText(of, mode.variation());
        try {
            run.compile(mode.variation());
        } catch (CompilerBug e) {
            return Optional.of(e.getMessage());
        }
        BoundScript script = CaseBinding.bind(text.source(), of.parameters());
        Interpretation expected = new Interpreter(script, run.tables(), TestEngine.NOW_MICROS).run();
        Outcome actual;
        try {
            actual = run.run(mode);
        } catch (RuntimeException | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return Optional.of("the run breaks down: " + trace);
        }
        if (expected.failure().isPresent() || actual.failure().isPresent()) {
            return expected.failure().isPresent() && actual.failure().isPresent()
                    ? Optional.empty()
                    : Optional.of("the job fails: " + actual.failure() + ", the interpreter: "
                            + expected.failure()
                                    .map(at -> text.source().line(at.start()) + ":"
                                            + text.source().column(at.start())));
        }
        CaseCheck check = new CaseCheck(of, script.statements(), CaseCheck.OUTSIDE_TOLERANCE);
        int answers = expected.answers().size();
        for (int i = 0; i < answers; i++) {
            boolean rejected = i >= answers - of.rejected().size();
            Optional<String> difference = difference(
                    check.comparison(i),
                    expected.answers().get(i),
                    actual.answers().get(i),
                    rejected);
            if (difference.isPresent()) {
                return Optional.of("result " + (i + 1) + ":\n" + difference.get());
            }
        }
        return counts(expected, actual.report().orElseThrow());
    }

    private static Optional<String> difference(
            RowComparison comparison, Answer expected, Answer actual, boolean rejected) {
        List<Type> types = expected.types();
        List<List<Object>> wanted = rejected ? InterpreterCheck.withoutLast(expected.rows()) : expected.rows();
        List<List<Object>> given = rejected ? InterpreterCheck.withoutLast(actual.rows()) : actual.rows();
        List<String> differences = comparison.differences(wanted, given, types);
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", differences));
    }

    private static Optional<String> counts(Interpretation expected, JobReport report) {
        for (JobReport.SourceReport source : report.sources()) {
            RowCounts counts = source.counts();
            if (!source.table().equals("s")) {
                // Whether a row of a lookup table that no condition can hold for is taken or filtered is left open.
                continue;
            }
            Interpretation.Counts actual =
                    new Interpretation.Counts(counts.rejected(), counts.late(), counts.onTime(), counts.filtered());
            Interpretation.Counts wanted = expected.counts().get(source.table());
            if (!actual.equals(wanted)) {
                return Optional.of("counts of " + source.table() + ": expected " + wanted + ", but was " + actual);
            }
        }
        return Optional.empty();
    }
}
