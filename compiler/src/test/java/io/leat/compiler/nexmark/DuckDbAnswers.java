package io.leat.compiler.nexmark;

import io.leat.compiler.corpus.Answer;
import io.leat.compiler.oracle.DuckDb;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    private final DuckDb database = DuckDb.with(List.of());

    /**
     * @param folder with a file per partition
     * @param bounded whether no row is late
     */
    DuckDbAnswers(Path folder, int partitions, boolean bounded) throws IOException, SQLException {
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

    /** The rows of a query, as values of these columns. */
    Answer answer(String query, List<Field> columns) throws IOException, SQLException {
        return database.run(resource(query).orElseThrow(), List.of(columns)).get(0);
    }

    /** How many rows are late for a query: none if nothing is said of that. */
    long lateRows(String query) throws IOException, SQLException {
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
