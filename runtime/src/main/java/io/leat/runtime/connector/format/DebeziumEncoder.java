package io.leat.runtime.connector.format;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.type.Schema;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Turns rows with their kind of change in front into records as Debezium writes them: {@code {"before":…,"after":…,"op":…}}, where
 * {@code op} is {@code c} for a row that comes, {@code d} for one that goes, and {@code u} for one that gives way to another. One thread
 * at a time.
 */
public final class DebeziumEncoder implements RecordEncoder {
    private static final byte[] BEFORE = bytes("{\"before\":");
    private static final byte[] AFTER = bytes(",\"after\":");
    private static final byte[] NULL = bytes("null");

    private final RecordEncoder rows;
    private byte[] replaced = NULL;

    /**
     * @param schema the kind of change, then the columns of the table
     * @param columns which of its columns make up a row
     */
    public DebeziumEncoder(Schema schema, List<Integer> columns, ZoneId zone, BufferAllocator allocator) {
        this.rows = RecordEncoder.of(new JsonRows(), schema, columns, zone, allocator);
    }

    /** The record of a change, without line end; null for a row that gives way to the next one, which makes one record with it. */
    @Override
    public byte[] encode(Batch batch, int row) {
        byte[] record = rows.encode(batch, row);
        return switch (batch.column(0).getText(row)) {
            case "+I" -> change(NULL, record, "c");
            case "-D" -> change(record, NULL, "d");
            case "+U" -> {
                byte[] before = replaced;
                replaced = NULL;
                yield change(before, record, "u");
            }
            default -> {
                replaced = record;
                yield null;
            }
        };
    }

    private static byte[] change(byte[] before, byte[] after, String op) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(before.length + after.length + 40);
        out.writeBytes(BEFORE);
        out.writeBytes(before);
        out.writeBytes(AFTER);
        out.writeBytes(after);
        out.writeBytes(bytes(",\"op\":\"" + op + "\"}"));
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        rows.close();
    }
}
