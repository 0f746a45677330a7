package io.leat.compiler.corpus;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A case as it stands in its file.
 *
 * @param name topic and file name, e.g. {@code windows/late}
 * @param reason its first comment
 * @param tables what the query reads, declared before it
 * @param parameters values for {@code :name} in the query
 * @param query one or more statements
 * @param results expected rows of each printed query, in order
 * @param late expected late rows by table
 * @param rejected expected rejected rows by table, the last cell the beginning of the reason
 * @param error expected diagnostics; empty for a query that compiles
 * @param fails beginning of the expected failure while running, after {@code line:column}; empty for a job that ends well
 * @param goldens frozen artefacts by the header line of their section
 * @param duckdb the same question to DuckDB; {@code same} for the query as it is
 * @param notInterpreted why the interpreter has no answer; empty if it has
 */
public record Case(
        String name,
        String reason,
        List<CaseTable> tables,
        Map<String, String> parameters,
        String query,
        List<ExpectedRows> results,
        Map<String, ExpectedRows> late,
        Map<String, ExpectedRows> rejected,
        Optional<String> error,
        Optional<String> fails,
        Map<String, String> goldens,
        Optional<String> duckdb,
        Optional<String> notInterpreted) {

    /** What DuckDB is asked where its section says that the query runs there as it is. */
    static final String SAME = "same";

    /**
     * Rows as written.
     *
     * @param columns expected names and types, as in a table declaration; empty if the case does not say
     */
    public record ExpectedRows(Optional<String> columns, List<List<Cell>> rows) {
        public ExpectedRows {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** Whether rows may be late, so that only a stream run gives the expected rows. */
    boolean hasLateRows() {
        return late.values().stream().anyMatch(rows -> !rows.rows().isEmpty());
    }

    /** Whether the clock goes on. */
    boolean hasMoments() {
        return tables.stream().anyMatch(CaseTable::hasMoments);
    }

    /** Whether any table is read as a stream. */
    boolean hasStreams() {
        return tables.stream().anyMatch(CaseTable::stream);
    }
}
