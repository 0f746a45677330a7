package io.leat.runtime.connector.format;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * One value of a row as plain text, as CSV and printed tables show it: numbers plain, times in ISO 8601, bytes in base 64, an
 * array and a row inside a row as JSON. One thread at a time.
 */
public final class ValueText implements AutoCloseable {
    private final Schema schema;
    private final ZoneId zone;
    private final BufferAllocator allocator;
    private final ValuePrinter printer;
    private final ByteArrayOutputStream json = new ByteArrayOutputStream();
    private JsonRowWriter jsonWriter;

    public ValueText(Schema schema, ZoneId zone, BufferAllocator allocator) {
        this.schema = schema;
        this.zone = zone;
        this.allocator = allocator;
        this.printer = new ValuePrinter(zone, allocator);
    }

    /** The text of a column's value, or null for NULL. */
    public String text(Batch batch, int column, int row) {
        int leaf = schema.firstLeaf(column);
        Column values = batch.column(leaf);
        if (values.isNull(row)) {
            return null;
        }
        return switch (ValuePrinter.shape(values.type())) {
            case TEXT -> values.getText(row);
            case BINARY -> Base64.getEncoder().encodeToString(values.getBytes(row));
            case ARRAY, ROW -> json(batch, column, row);
            default -> ascii(printer.print(values, row));
        };
    }

    private static String ascii(BytesResult printed) {
        return new String(Memory.toArray(printed.address(), printed.length()), StandardCharsets.US_ASCII);
    }

    private String json(Batch batch, int column, int row) {
        if (jsonWriter == null) {
            jsonWriter = new JsonRowWriter(schema, List.of(), zone, allocator, json);
        }
        try {
            json.reset();
            jsonWriter.writeValue(batch, column, row);
            jsonWriter.flush();
            return json.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a stream in memory failed", e);
        }
    }

    @Override
    public void close() {
        printer.close();
        if (jsonWriter != null) {
            jsonWriter.close();
        }
    }
}
