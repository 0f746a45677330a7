package io.leat.runtime.connector.file;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.format.RowFormat;
import io.leat.runtime.connector.format.RowWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes rows to standard output, whole lines at a time, and hands each batch on at once. */
final class StandardOutputSink implements Sink {
    private static final String NAME = "standard output";
    private static final int BUFFER_BYTES = 64 << 10;

    private final OutputStream out;
    private final RowWriter writer;
    private boolean begun;
    private long rows;

    StandardOutputSink(SinkContext context, RowFormat format) {
        this.out = new BufferedOutputStream(context.platform().disk().standardOutput(), BUFFER_BYTES);
        this.writer = format.open(context.schema(), context.zone(), context.allocator(), out);
    }

    @Override
    public void write(Batch batch) {
        try {
            begin();
            for (int row = 0; row < batch.rows(); row++) {
                writer.write(batch, row);
            }
            rows += batch.rows();
            writer.flush();
            out.flush();
        } catch (IOException e) {
            throw FileErrors.writing(NAME, e);
        }
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            writer.header();
        }
    }

    @Override
    public void endEpoch(long epoch) {
        // Every batch has been handed on.
    }

    @Override
    public void finish() {
        try {
            begin();
            writer.flush();
            out.flush();
        } catch (IOException e) {
            throw FileErrors.writing(NAME, e);
        }
    }

    @Override
    public String summary() {
        return RowCount.text(rows) + " in " + NAME;
    }

    @Override
    public void close() {
        writer.close(); // the stream belongs to the process
    }
}
