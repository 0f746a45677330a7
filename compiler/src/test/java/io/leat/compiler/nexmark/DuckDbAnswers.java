package io.leat.compiler.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.corpus.Answer;
import io.leat.compiler.corpus.Changes;
import io.leat.compiler.corpus.Outcome;
import io.leat.compiler.corpus.RowComparison;
import io.leat.compiler.oracle.DuckDb;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What DuckDB says to the queries, over rows that are not late. */
final class DuckDbAnswers implements AutoCloseable {
    private static final String COLUMNS = """
            {event_type: 'INTEGER',
             person: 'STRUCT(id BIGINT, name VARCHAR, emailAddress VARCHAR, creditCard VARCHAR, city VARCHAR, state VARCHAR, \
            dateTime TIMESTAMP, extra VARCHAR)',
             auction: 'STRUCT(id BIGINT, itemName VARCHAR, description VARCHAR, initialBid BIGINT, reserve BIGINT, \
            dateTime TIMESTAMP, expires TIMESTAMP, seller BIGINT, category BIGINT, extra VARCHAR)',
             bid: 'STRUCT(auction BIGINT, bidder BIGINT, price BIGINT, channel VARCHAR, url VARCHAR, dateTime TIMESTAMP, \
            extra VARCHAR)'}
            """;

    /** Queries that refuse rows of a stream. */
    private static final Set<String> REFUSING = Set.of("q5", "q7", "q8", "q11");
    /** Sums and means of integers are exact; only the last step to DOUBLE is rounded. */
    private static final RowComparison COMPARISON = new RowComparison(1e-9, false);

    private static final int SHOWN_DIFFERENCES = 20;

    private final DuckDb database = DuckDb.with(List.of());
    private final boolean bounded;
    private final Map<String, Answer> answers = new HashMap<>();

    /**
     * @param folder with a file per partition
     * @param bounded whether no row is late
     */
    DuckDbAnswers(Path folder, int partitions, boolean bounded) throws IOException, SQLException {
        this.bounded = bounded;
        List<String> files = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            files.add("SELECT *, " + i + " AS part, row_number() OVER () AS pos FROM read_json('"
                    + folder.resolve("part-" + i + ".json") + "', format = 'newline_delimited', columns = " + COLUMNS
                    + ")");
        }
        String setup = resource("tables")
                .orElseThrow()
                .replace("${log}", "(" + String.join(" UNION ALL ", files) + ")")
                .replace("${bounded}", Boolean.toString(bounded));
        database.run(setup, List.of());
    }

    private static Optional<String> resource(String name) throws IOException {
        try (InputStream text = DuckDbAnswers.class.getResourceAsStream("/nexmark/" + name + ".sql")) {
            return text == null
                    ? Optional.empty()
                    : Optional.of(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /**
     * Compares the rows of a query and the number of late ones.
     *
     * @param told whether the outcome has changes
     */
    void check(String query, Outcome outcome, boolean told, String who) throws IOException, SQLException {
        assertTrue(outcome.failure().isEmpty(), () -> who + ": " + outcome.failure());
        Answer answer = outcome.answers().get(0);
        List<Field> columns = told ? answer.fields().subList(1, answer.fields().size()) : answer.fields();
        List<List<Object>> rows = told ? Changes.summedUp(answer.rows()) : answer.rows();
        Answer expected = answer(query, columns);
        assertFalse(expected.rows().isEmpty(), () -> who + ": nothing is expected");
        List<String> differences = COMPARISON.differences(expected.rows(), rows, expected.types());
        assertTrue(differences.isEmpty(), () -> who + ":\n  " + shortened(differences));
        long late = outcome.report().orElseThrow().sources().stream()
                .mapToLong(source -> source.counts().late())
                .sum();
        assertEquals(lateRows(query), late, () -> who + ": late rows");
        assertEquals(REFUSING.contains(query) && !bounded, late > 0, () -> who + ": " + late + " late rows");
    }

    private static String shortened(List<String> differences) {
        int more = Math.max(0, differences.size() - SHOWN_DIFFERENCES);
        return String.join("\n  ", differences.subList(0, differences.size() - more))
                + (more == 0 ? "" : "\n  and " + more + " more");
    }

    private Answer answer(String query, List<Field> columns) throws IOException, SQLException {
        Answer known = answers.get(query);
        if (known == null || !known.fields().equals(columns)) {
            known = database.run(resource(query).orElseThrow(), List.of(columns))
                    .get(0);
            answers.put(query, known);
        }
        return known;
    }

    /** How many rows are late for a query: none if nothing is said of that. */
    private long lateRows(String query) throws IOException, SQLException {
        Optional<String> question = resource(query + ".late");
        if (question.isEmpty()) {
            return 0;
        }
        List<Field> count = List.of(Field.nullable("late", Type.BIGINT));
        return (Long) database.run(question.get(), List.of(count))
                .get(0)
                .rows()
                .get(0)
                .get(0);
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
