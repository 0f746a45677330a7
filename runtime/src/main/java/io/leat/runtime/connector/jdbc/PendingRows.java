package io.leat.runtime.connector.jdbc;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.type.Schema;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/** Rows that wait to be written together; of those with one key the last one. Owns its memory; one thread. */
final class PendingRows implements AutoCloseable {
    private final SinkTable table;
    private final List<JdbcColumn> columns;
    private final RowBytes resting;
    private final RowBytes keys;
    private final Batch one;
    private final BytesResult bytes;
    /** In their order, by key, or by their number if there is none. */
    private final Map<Object, Pending> rows = new LinkedHashMap<>();

    /**
     * @param goes whether the row with its key goes away
     */
    private record Pending(boolean goes, byte[] packed) {}

    PendingRows(SinkTable table, BufferAllocator allocator) {
        this.table = table;
        this.columns = table.columns().fields().stream()
                .map(field -> new JdbcColumn(table.name(), field))
                .toList();
        Schema schema = table.columns();
        this.resting = table.resting();
        this.keys = new RowBytes(
                schema,
                table.key().stream()
                        .flatMapToInt(column -> IntStream.range(schema.firstLeaf(column), schema.firstLeaf(column + 1)))
                        .toArray());
        this.one = new Batch(schema, 1, allocator);
        this.bytes = new BytesResult(allocator);
    }

    int size() {
        return rows.size();
    }

    /**
     * Adds a row.
     *
     * @param packed as {@link SinkTable#resting} has it
     */
    void add(boolean goes, byte[] packed) {
        Object key = rows.size();
        if (!table.key().isEmpty()) {
            unpack(packed);
            bytes.clear();
            keys.pack(one, 0, bytes);
            key = ByteBuffer.wrap(Memory.toArray(bytes.address(), bytes.length()));
            // What comes last is written last.
            rows.remove(key);
        }
        rows.put(key, new Pending(goes, packed));
    }

    private void unpack(byte[] packed) {
        bytes.clear();
        bytes.append(packed);
        one.reset();
        resting.unpack(bytes.address(), one, 0, 0);
        one.rows(1);
    }

    /** Writes the rows, which stay here until {@link #clear}. */
    void write(Connection connection, int timeoutSeconds) throws SQLException {
        TableText text = TableText.of(connection, table.target());
        List<byte[]> gone = packed(Pending::goes);
        if (!gone.isEmpty()) {
            execute(connection, text.delete(table.keyNames()), timeoutSeconds, gone, table.key());
        }
        List<byte[]> come = packed(Predicate.not(Pending::goes));
        if (!come.isEmpty()) {
            String statement = table.key().isEmpty()
                    ? text.insert(table.names())
                    : text.upsert(table.dialect(connection), table.names(), table.keyNames());
            Collection<Integer> all = IntStream.range(0, columns.size()).boxed().toList();
            execute(connection, statement, timeoutSeconds, come, all);
        }
    }

    private List<byte[]> packed(Predicate<Pending> which) {
        List<byte[]> packed = new ArrayList<>();
        rows.values().stream().filter(which).forEach(row -> packed.add(row.packed()));
        return packed;
    }

    private void execute(
            Connection connection, String text, int timeoutSeconds, List<byte[]> packed, Collection<Integer> parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setQueryTimeout(timeoutSeconds);
            for (byte[] row : packed) {
                unpack(row);
                int parameter = 1;
                for (int column : parameters) {
                    columns.get(column)
                            .setOrNull(
                                    statement,
                                    parameter++,
                                    one.column(table.columns().firstLeaf(column)),
                                    0);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void clear() {
        rows.clear();
    }

    @Override
    public void close() {
        one.close();
        bytes.close();
    }
}
