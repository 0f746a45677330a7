package io.leat.cli.output;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.format.CsvRows;
import io.leat.runtime.connector.format.CsvSettings;
import io.leat.runtime.connector.format.JsonRows;
import io.leat.runtime.connector.format.RowFormat;
import io.leat.runtime.connector.format.ValueText;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneId;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Shows the results of a job on standard output. When nobody reads them any more, the rest is dropped and whoever runs the job is
 * told. Closing it closes what a failed job left open; the allocator stays open.
 */
public final class ResultPrinter implements ResultReceiver, AutoCloseable {
    private final Settings settings;
    private final StandardOutput out;
    private final BufferAllocator allocator;
    private final Runnable whenAbandoned;
    private ResultFormat current;
    private final AtomicLong rows = new AtomicLong();

    /**
     * How results are shown.
     *
     * @param zone the zone that instants are shown in
     * @param paint of tables
     * @param width of the terminal; empty if the output goes elsewhere
     */
    public record Settings(OutputFormat format, ZoneId zone, Paint paint, OptionalInt width) {}

    /**
     * @param whenAbandoned told once, from a thread of the job
     */
    public ResultPrinter(Settings settings, StandardOutput out, BufferAllocator allocator, Runnable whenAbandoned) {
        this.settings = settings;
        this.out = out;
        this.allocator = allocator;
        this.whenAbandoned = whenAbandoned;
    }

    /** How many rows were shown so far. */
    public long rows() {
        return rows.get();
    }

    @Override
    public void begin(String title, Schema schema) {
        attempt(() -> current = open(schema));
    }

    private ResultFormat open(Schema schema) throws IOException {
        return switch (settings.format()) {
            case NDJSON -> lines(new JsonRows(), schema, false);
            case CSV -> lines(new CsvRows(CsvSettings.COMMA, true), schema, true);
            case TSV -> lines(new CsvRows(CsvSettings.TAB, true), schema, true);
            case BOX -> table(new BoxStyle(settings.paint()), schema, settings.width());
            case MARKDOWN -> table(new MarkdownStyle(), schema, OptionalInt.empty());
        };
    }

    private ResultFormat lines(RowFormat format, Schema schema, boolean emptyLineBehind) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        return new LineFormat(buffer, format.open(schema, settings.zone(), allocator, buffer), out, emptyLineBehind);
    }

    private ResultFormat table(TableStyle style, Schema schema, OptionalInt width) {
        boolean[] numbers = new boolean[schema.size()];
        boolean[] texts = new boolean[schema.size()];
        for (int i = 0; i < numbers.length; i++) {
            Type type = schema.field(i).type();
            numbers[i] = isNumber(type);
            texts[i] = type instanceof Type.VarcharType
                    || type instanceof Type.VarbinaryType
                    || type instanceof Type.RowType
                    || type instanceof Type.ArrayType;
        }
        ColumnWidths columns = width.isPresent()
                ? ColumnWidths.limitedTo(width.getAsInt(), numbers, texts)
                : ColumnWidths.unlimited(numbers);
        return new TableFormat(schema, new ValueText(schema, settings.zone(), allocator), style, columns, out);
    }

    private static boolean isNumber(Type type) {
        return type instanceof Type.IntegerType || type instanceof Type.FloatType || type instanceof Type.DecimalType;
    }

    @Override
    public void rows(Batch batch) {
        attempt(() -> current.rows(batch));
        rows.addAndGet(batch.rows());
    }

    @Override
    public void flush() {
        attempt(() -> current.flush());
    }

    @Override
    public void end() {
        attempt(() -> current.end());
        close();
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private void attempt(Attempt attempt) {
        if (out.isAbandoned()) {
            return;
        }
        try {
            attempt.run();
        } catch (IOException e) {
            if (!out.isAbandoned()) {
                throw new ConnectorException(Kind.IO, "cannot write to standard output: " + Disk.reason(e), e);
            }
            whenAbandoned.run();
        }
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
