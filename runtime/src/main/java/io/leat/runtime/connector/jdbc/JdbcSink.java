package io.leat.runtime.connector.jdbc;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.RowBytes;

/** Writes rows in transactions of some rows each, all by the end of an epoch. After a failure rows may be written twice. */
final class JdbcSink implements Sink {
    private final SinkTable table;
    private final Database database;
    private final int maxRows;
    private final RowBytes arriving;
    private final BytesResult bytes;
    private final PendingRows pending;
    private long rows;

    private JdbcSink(SinkContext context, JdbcOptions options, SinkTable table, Database database) {
        this.table = table;
        this.database = database;
        this.maxRows = options.flushRows();
        this.arriving = table.arriving();
        this.bytes = new BytesResult(context.allocator());
        this.pending = new PendingRows(table, context.allocator());
    }

    static JdbcSink open(SinkContext context) {
        JdbcOptions options = JdbcOptions.of(context.options());
        SinkTable table = SinkTable.of(context, options);
        Database database = Database.writing(context.table(), options, context.platform());
        try {
            refuseReplacing(context);
            database.run(table::check);
            return new JdbcSink(context, options, table, database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Nobody expects that a table of a database is emptied. */
    static void refuseReplacing(SinkContext context) {
        if (context.replace()) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "table " + context.table() + ": a table that holds the result of one query only cannot be one of a"
                            + " database: write CREATE TABLE with its columns, and INSERT INTO");
        }
    }

    @Override
    public void write(Batch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            bytes.clear();
            arriving.pack(batch, row, bytes);
            byte[] packed = Memory.toArray(bytes.address(), bytes.length());
            pending.add(table.goes(batch, row), packed);
            if (pending.size() >= maxRows) {
                flush();
            }
        }
    }

    private void flush() {
        if (pending.size() == 0) {
            return;
        }
        database.transact(connection -> {
            pending.write(connection, database.timeoutSeconds());
            return null;
        });
        rows += pending.size();
        pending.clear();
    }

    @Override
    public void endEpoch(long epoch) {
        flush();
    }

    @Override
    public void finish() {
        flush();
    }

    @Override
    public String summary() {
        return RowCount.text(rows) + " in " + table.target();
    }

    @Override
    public void close() {
        pending.close();
        bytes.close();
        database.close();
    }
}
