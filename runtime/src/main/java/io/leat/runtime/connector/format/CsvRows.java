package io.leat.runtime.connector.format;

import io.leat.runtime.type.Schema;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * CSV with {@code \n} as line end. NULL and the empty text stay apart: one is an empty field, the other one is quoted.
 *
 * @param withHeader whether {@link RowWriter#header} writes the names of the columns
 */
public record CsvRows(CsvSettings settings, boolean withHeader) implements RowFormat {

    @Override
    public String suffix() {
        return settings.delimiter() == '\t' ? ".tsv" : ".csv";
    }

    @Override
    public RowWriter open(
            Schema schema, List<Integer> columns, ZoneId zone, BufferAllocator allocator, OutputStream out) {
        return new CsvRowWriter(this, schema, columns, zone, allocator, out);
    }
}
