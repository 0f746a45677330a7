package io.leat.runtime.connector.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Writes rows as CSV records. */
final class CsvRowWriter implements RowWriter {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CsvRows format;
    private final Schema schema;
    private final List<Integer> columns;
    private final ValueText values;
    private final NullKeeper quotes;
    private final CsvWriter writer;

    CsvRowWriter(
            CsvRows format,
            Schema schema,
            List<Integer> columns,
            ZoneId zone,
            BufferAllocator allocator,
            OutputStream out) {
        this.format = format;
        this.schema = schema;
        this.columns = List.copyOf(columns);
        this.values = new ValueText(schema, zone, allocator);
        this.quotes = new NullKeeper(format.settings().nullText());
        this.writer = CsvWriter.builder()
                .fieldSeparator(format.settings().delimiter())
                .quoteCharacter(format.settings().quote())
                .commentCharacter('\0') // there are no comments, and any visible character may be the delimiter
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(quotes)
                .build(new Unflushed(out), StandardCharsets.UTF_8);
    }

    /** Passes bytes on, but not the flush: a compressing stream would end a block at each. */
    private static final class Unflushed extends FilterOutputStream {
        Unflushed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            // See above.
        }
    }

    /** Quotes the texts that a reader would otherwise take for something else. */
    private static final class NullKeeper implements QuoteStrategy {
        private final String nullText;
        private boolean isNull;

        NullKeeper(String nullText) {
            this.nullText = nullText;
        }

        @Override
        public boolean quoteEmpty(int line, int field) {
            return !isNull;
        }

        @Override
        public boolean quoteValue(int line, int field, String value) {
            // Readers drop a byte order mark where a file begins, but not inside quotes.
            return !isNull && (value.equals(nullText) || value.startsWith(BYTE_ORDER_MARK));
        }
    }

    @Override
    public void header() throws IOException {
        if (!format.withHeader()) {
            return;
        }
        quotes.isNull = false;
        try {
            writer.writeRecord(
                    columns.stream().map(schema::field).map(Field::name).toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void write(Batch batch, int row) throws IOException {
        try {
            CsvWriter.CsvWriterRecord line = writer.writeRecord();
            for (int i = 0; i < columns.size(); i++) {
                String text = values.text(batch, columns.get(i), row);
                quotes.isNull = text == null;
                line.writeField(text == null ? format.settings().nullText() : text);
            }
            line.endRecord();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() {
        // The CSV writer holds nothing but memory, and closing it would close the stream.
        values.close();
    }
}
