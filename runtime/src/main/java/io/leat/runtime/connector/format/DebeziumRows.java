package io.leat.runtime.connector.format;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.type.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** A line per change, see {@link DebeziumEncoder}. Rows have their kind of change in front. */
public record DebeziumRows() implements RowFormat {

    @Override
    public String suffix() {
        return ".json";
    }

    @Override
    public RowWriter open(
            Schema schema, List<Integer> columns, ZoneId zone, BufferAllocator allocator, OutputStream out) {
        List<Integer> ofRow = columns.stream().filter(column -> column > 0).toList();
        return new Writer(new DebeziumEncoder(schema, ofRow, zone, allocator), out);
    }

    private record Writer(DebeziumEncoder changes, OutputStream out) implements RowWriter {
        @Override
        public void header() {
            // Every object names its members.
        }

        @Override
        public void write(Batch batch, int row) throws IOException {
            byte[] change = changes.encode(batch, row);
            if (change != null) {
                out.write(change);
                out.write('\n');
            }
        }

        @Override
        public void flush() {
            // Every line is in the stream.
        }

        @Override
        public void close() {
            changes.close();
        }
    }
}
