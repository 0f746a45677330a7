package io.leat.cli.output;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.format.RowWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A line per row, for programs. Whole lines only are handed on. */
final class LineFormat implements ResultFormat {
    private static final int BUFFER_BYTES = 64 << 10;

    private final ByteArrayOutputStream lines;
    private final RowWriter writer;
    private final OutputStream out;
    private final boolean emptyLineBehind;

    /**
     * @param lines what the writer writes to
     * @param emptyLineBehind whether an empty line ends the result
     */
    LineFormat(ByteArrayOutputStream lines, RowWriter writer, OutputStream out, boolean emptyLineBehind)
            throws IOException {
        this.lines = lines;
        this.writer = writer;
        this.out = out;
        this.emptyLineBehind = emptyLineBehind;
        writer.header();
    }

    @Override
    public void rows(Batch batch) throws IOException {
        for (int row = 0; row < batch.rows(); row++) {
            writer.write(batch, row);
        }
        writer.flush();
        if (lines.size() >= BUFFER_BYTES) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        writer.flush();
        lines.writeTo(out);
        lines.reset();
        out.flush();
    }

    @Override
    public void end() throws IOException {
        writer.flush();
        if (emptyLineBehind) {
            lines.write('\n');
        }
        flush();
    }

    @Override
    public void close() {
        writer.close();
    }
}
