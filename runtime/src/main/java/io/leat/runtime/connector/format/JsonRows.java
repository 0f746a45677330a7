package io.leat.runtime.connector.format;

import io.leat.runtime.type.Schema;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * JSON lines: an object per row, its members in the order of the columns. A NULL is a {@code null} member; numbers are exact and
 * never quoted; bytes are base 64.
 */
public record JsonRows() implements RowFormat {

    @Override
    public String suffix() {
        return ".json";
    }

    @Override
    public RowWriter open(
            Schema schema, List<Integer> columns, ZoneId zone, BufferAllocator allocator, OutputStream out) {
        return new JsonRowWriter(schema, columns, zone, allocator, out);
    }
}
