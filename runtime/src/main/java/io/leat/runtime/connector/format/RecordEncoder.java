package io.leat.runtime.connector.format;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Turns rows into records with bounds of their own, such as Kafka's values and keys. One thread at a time. */
public interface RecordEncoder extends AutoCloseable {

    /** The record of a row; null for a record without bytes, which only raw ones can be. */
    byte[] encode(Batch batch, int row);

    @Override
    void close();

    /** Records in a format of lines, without the line end. */
    static RecordEncoder of(
            RowFormat format, Schema schema, List<Integer> columns, ZoneId zone, BufferAllocator allocator) {
        return new LineRecords(format, schema, columns, zone, allocator);
    }

    /** Whether a column can be a raw record: a text or bytes. */
    static boolean canBeRaw(Schema schema, int column) {
        Type type = schema.field(column).type();
        return type.physical() == Physical.BYTES && !(type instanceof Type.ArrayType);
    }

    /** Records that are the bytes of one column. */
    static RecordEncoder raw(Schema schema, int column) {
        return new RawRecords(schema.firstLeaf(column));
    }

    /** See {@link #of}. */
    final class LineRecords implements RecordEncoder {
        private final Line line = new Line();
        private final RowWriter writer;

        LineRecords(RowFormat format, Schema schema, List<Integer> columns, ZoneId zone, BufferAllocator allocator) {
            this.writer = format.open(schema, columns, zone, allocator, line);
        }

        @Override
        public byte[] encode(Batch batch, int row) {
            try {
                line.reset();
                writer.write(batch, row);
                writer.flush();
                return line.withoutEnd();
            } catch (IOException e) {
                throw new UncheckedIOException("a stream in memory failed", e);
            }
        }

        @Override
        public void close() {
            writer.close();
        }

        private static final class Line extends ByteArrayOutputStream {
            byte[] withoutEnd() {
                return Arrays.copyOf(buf, count - 1);
            }
        }
    }

    /** See {@link #raw}. */
    record RawRecords(int leaf) implements RecordEncoder {
        @Override
        public byte[] encode(Batch batch, int row) {
            Column column = batch.column(leaf);
            return column.isNull(row) ? null : column.getBytes(row);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
