package io.leat.runtime.connector.jdbc;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.LookupContext;
import io.leat.runtime.connector.LookupSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Asks a table of a database for keys: {@code SELECT … WHERE key IN (?, …)}. Requests have one of a few sizes, so that a database that
 * remembers plans has few of them; the last key stands for those that a size has too many.
 */
final class JdbcLookup implements LookupSource {
    private static final int[] SIZES = {1, 8, 64, 256};

    private final JdbcRows rows;
    private final List<Integer> keys;
    private final List<String> keyNames;
    private final String target;
    private final Database database;
    private final Batch found;

    JdbcLookup(LookupContext context) {
        this.rows = new JdbcRows(context.table(), context.schema());
        this.keys = context.keys();
        this.keyNames =
                keys.stream().map(key -> context.schema().field(key).name()).toList();
        JdbcOptions options = JdbcOptions.of(context.options());
        this.target = options.table();
        this.database = Database.reading(context.table(), options, context.platform());
        this.found = new Batch(context.schema(), context.batchRows(), context.allocator());
    }

    @Override
    public void lookup(Batch asked, Consumer<Batch> into) {
        int most = SIZES[SIZES.length - 1];
        for (int from = 0; from < asked.rows(); from += most) {
            int first = from;
            int count = Math.min(most, asked.rows() - from);
            // An answer that breaks off is asked for again as a whole, so it is handed on as a whole.
            List<Batch> answer = database.ask(connection -> request(connection, asked, first, count));
            try {
                answer.forEach(into);
            } finally {
                answer.forEach(Batch::close);
            }
        }
    }

    private List<Batch> request(Connection connection, Batch asked, int first, int count) throws SQLException {
        int size = size(count);
        TableText table = TableText.of(connection, target);
        String text = table.select(rows.names()) + table.whereKeys(keyNames, size);
        List<Batch> answer = new java.util.ArrayList<>();
        boolean complete = false;
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setQueryTimeout(database.timeoutSeconds());
            int parameter = 1;
            for (int i = 0; i < size; i++) {
                int row = first + Math.min(i, count - 1);
                for (int key = 0; key < keys.size(); key++) {
                    rows.column(keys.get(key)).set(statement, parameter++, asked.column(key), row);
                }
            }
            try (ResultSet results = statement.executeQuery()) {
                boolean more = true;
                while (more) {
                    found.reset();
                    more = rows.read(results, found);
                    if (!found.isEmpty()) {
                        answer.add(found.copy());
                    }
                }
            }
            complete = true;
            return answer;
        } finally {
            if (!complete) {
                answer.forEach(Batch::close);
            }
        }
    }

    private static int size(int count) {
        for (int size : SIZES) {
            if (size >= count) {
                return size;
            }
        }
        throw new IllegalArgumentException(count + " keys at once");
    }

    @Override
    public void close() {
        database.close();
        found.close();
    }
}
