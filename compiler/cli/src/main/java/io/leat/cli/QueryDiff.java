package io.leat.cli;

import io.leat.compiler.CompileOptions;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.local.KeptState;
import io.leat.runtime.local.QueryChange;
import io.leat.runtime.local.QueryChange.Outcome;
import io.leat.runtime.local.QueryChange.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What becomes of a state, or of what one query keeps, with another query: a line for each operator. */
final class QueryDiff {
    private static final int WIDTH = 9;

    private final Session session;
    private final CompileOptions options;
    private boolean refused;

    QueryDiff(Session session, CompileOptions options) {
        this.session = session;
        this.options = options;
    }

    /**
     * @param before a query, a job jar or a state directory
     * @param now a query or a job jar
     */
    String lines(String before, String now) {
        CompiledJob job = job(now);
        Optional<KeptState> state = session.platform().disk().isDirectory(Path.of(before))
                ? Optional.of(KeptState.read(session.platform(), Path.of(before), OptionalLong.empty()))
                : Optional.empty();
        QueryChange change =
                state.map(kept -> kept.changeTo(job)).orElseGet(() -> QueryChange.between(job(before), job));
        refused = change.isRefused();
        List<String> lines = new ArrayList<>();
        change.verdicts().forEach(each -> lines.add(line(each)));
        change.meanings().forEach(each -> lines.add(line(new Verdict(each, Outcome.CHANGED, ""))));
        lines.add(conclusion(change, state));
        return String.join("\n", lines);
    }

    /** Whether the query does not go on with the state. */
    boolean isRefused() {
        return refused;
    }

    private CompiledJob job(String file) {
        QueryFile text = QueryFile.read(file, session.console());
        return text.isJar()
                ? CompiledJob.load(Path.of(file))
                : Subcommand.compile(text.text(), options, session).job();
    }

    private static String line(Verdict verdict) {
        String outcome = verdict.outcome().name().toLowerCase(Locale.ROOT);
        String reason = verdict.reason().isEmpty() ? "" : ": " + verdict.reason();
        return outcome + " ".repeat(WIDTH - outcome.length()) + verdict.operator() + reason;
    }

    private static String conclusion(QueryChange change, Optional<KeptState> state) {
        if (change.isNone()) {
            return "it goes on: for the state nothing has changed";
        }
        if (!change.isRefused()) {
            long kept =
                    change.of(Outcome.KEPT).size() + change.of(Outcome.CHANGED).size();
            return "it goes on with --accept-changed-query and the state of " + Figures.counted(kept, "operator");
        }
        return "it does not go on; in a new state directory it reads everything again"
                + state.map(QueryDiff::cost).orElse("");
    }

    private static String cost(KeptState state) {
        List<String> tables = new ArrayList<>();
        state.rowsRead().forEach((table, rows) -> tables.add(Figures.rows(rows) + " of " + table));
        return tables.isEmpty() ? "" : ", " + String.join(", ", tables) + " up to epoch " + state.epoch();
    }
}
