package io.leat.runtime.connector.jdbc;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A table of a database as a whole: one query, as it answers. */
final class JdbcSource implements Source {
    private static final int ROWS_AT_A_TIME = 1_000;

    private final SourceContext context;

    JdbcSource(SourceContext context) {
        this.context = context;
    }

    @Override
    public List<Partition> partitions() {
        return List.of(new Partition(0, "table"));
    }

    @Override
    public SourceReader reader(Partition partition) {
        return new Reader();
    }

    @Override
    public void close() {
        // Readers close what they opened.
    }

    /** The rows in the order in which they come, which is that of no other time: reading does not go on where it stood. */
    private final class Reader implements SourceReader.Rows {
        private final JdbcRows rows = new JdbcRows(context.table(), context.schema());
        private final JdbcOptions options = JdbcOptions.of(context.options());
        private final Database database = Database.reading(context.table(), options, context.platform());
        private ResultSet results;
        private boolean ended;
        private long read;

        @Override
        public Status poll(Batch batch) {
            if (ended) {
                return Status.END;
            }
            if (results == null) {
                results = database.ask(connection -> {
                    Statement statement = connection.createStatement();
                    statement.setFetchSize(ROWS_AT_A_TIME);
                    statement.setQueryTimeout(database.timeoutSeconds());
                    return statement.executeQuery(
                            TableText.of(connection, options.table()).select(rows.names()));
                });
            }
            try {
                ended = !rows.read(results, batch);
            } catch (SQLException e) {
                // Rows that were handed out cannot be asked for again.
                throw new ConnectorException(
                        Kind.IO, "table " + context.table() + ": reading broke off behind " + read + " rows", e);
            }
            read += batch.rows();
            return batch.isEmpty() ? Status.END : Status.DATA;
        }

        @Override
        public String position() {
            return Long.toString(read);
        }

        @Override
        public void seek(String position) {
            if (!position.equals("0")) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "table " + context.table()
                                + " was read in part when the snapshot was made, and its rows have no order"
                                + " to go on in: start without the snapshot");
            }
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
