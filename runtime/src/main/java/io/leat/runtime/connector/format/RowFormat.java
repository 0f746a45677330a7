package io.leat.runtime.connector.format;

import io.leat.runtime.type.Schema;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/** A way to write rows down, mostly as lines of text in UTF-8. Immutable, safe from any thread. */
public interface RowFormat {

    /** How names of files of this format end, with the dot. */
    String suffix();

    /** Whether rows can be written behind those of a file that is there; otherwise each file is written at once. */
    default boolean canGrow() {
        return true;
    }

    /**
     * A writer of rows of this schema.
     *
     * @param columns positions of the columns that are written, in the order in which they are written
     * @param zone the zone that instants are shown in
     * @param out stays open when the writer is closed
     */
    RowWriter open(Schema schema, List<Integer> columns, ZoneId zone, BufferAllocator allocator, OutputStream out);

    /** A writer of all columns. */
    default RowWriter open(Schema schema, ZoneId zone, BufferAllocator allocator, OutputStream out) {
        return open(schema, allColumns(schema), zone, allocator, out);
    }

    static List<Integer> allColumns(Schema schema) {
        return IntStream.range(0, schema.size()).boxed().toList();
    }
}
