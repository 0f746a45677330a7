package io.leat.cli;

import io.leat.compiler.CompileOptions;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.local.AcceptedChanges;
import io.leat.runtime.local.KeptState;
import io.leat.runtime.local.QueryChange;
import io.leat.runtime.local.QueryChange.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What becomes of a state, or of what one query keeps, with another query: a line for each operator. */
final class QueryDiff {
    private static final int SPACES = 2;
    private static final String NOWHERE = "-";

    private final Session session;
    private final CompileOptions options;
    private final AcceptedChanges accepted;
    private boolean goesOn;

    /**
     * @param accepted what is said to be meant
     */
    QueryDiff(Session session, CompileOptions options, AcceptedChanges accepted) {
        this.session = session;
        this.options = options;
        this.accepted = accepted;
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
        QueryChange change = state.map(kept -> kept.changeTo(job, accepted))
                .orElseGet(() -> QueryChange.between(job(before), job, accepted));
        goesOn = change.objection().isEmpty();
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("position", "operator", "decision", "why"));
        change.verdicts().forEach(each -> table.add(row(each)));
        change.meanings().forEach(each -> table.add(List.of(NOWHERE, "all", "changed", each)));
        List<String> lines = new ArrayList<>(aligned(table));
        lines.add(conclusion(change, state));
        return String.join("\n", lines);
    }

    /** Whether a start goes on with the state. */
    boolean goesOn() {
        return goesOn;
    }

    private CompiledJob job(String file) {
        QueryFile text = QueryFile.read(file, session.console());
        return text.isJar()
                ? CompiledJob.load(Path.of(file))
                : Subcommand.compile(text.text(), options, session).job();
    }

    private static List<String> row(Verdict verdict) {
        String at = verdict.at().isEmpty() ? NOWHERE : verdict.at();
        return List.of(at, verdict.operator(), verdict.outcome().name().toLowerCase(Locale.ROOT), verdict.reason());
    }

    private static List<String> aligned(List<List<String>> table) {
        int[] widths = new int[table.get(0).size()];
        table.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        List<String> lines = new ArrayList<>();
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + SPACES));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String conclusion(QueryChange change, Optional<KeptState> state) {
        if (change.isNone()) {
            return "it goes on: for the state nothing has changed";
        }
        if (change.isRefused()) {
            return "it does not go on; in a new state directory it reads everything again"
                    + state.map(QueryDiff::cost).orElse("");
        }
        String kept = "with the state of " + Figures.counted(change.keptOperators(), "operator");
        return change.asks() ? "it goes on only with --accept-changed-query, " + kept : "it goes on " + kept;
    }

    private static String cost(KeptState state) {
        List<String> tables = new ArrayList<>();
        state.rowsRead().forEach((table, rows) -> tables.add(Figures.rows(rows) + " of " + table));
        return tables.isEmpty() ? "" : ", " + String.join(", ", tables) + " up to epoch " + state.epoch();
    }
}
