package io.leat.runtime.connector.format;

import io.leat.runtime.batch.Batch;
import java.io.IOException;

/**
 * Writes rows, as lines that end in {@code \n} if their format has lines. One thread at a time.
 *
 * <p>Calling order: {@link #header} at most once and first, {@link #write} any number of times, {@link #flush} whenever everything
 * so far must have reached the stream, {@link #finish} once behind the last row of a file, {@link #close} always. Rows that were not flushed may
 * be lost at close.
 */
public interface RowWriter extends AutoCloseable {

    /** Writes what stands before the first row, such as the line of column names; nothing for most formats. */
    void header() throws IOException;

    void write(Batch batch, int row) throws IOException;

    /** Writes all rows of a batch. */
    default void write(Batch batch) throws IOException {
        for (int row = 0; row < batch.rows(); row++) {
            write(batch, row);
        }
    }

    /** Hands everything written so far to the stream, which is not flushed itself. */
    void flush() throws IOException;

    /** About how many bytes are still to come to the stream for what was written so far. */
    default long pending() {
        return 0;
    }

    /** Hands everything to the stream, with what stands behind the last row: nothing for most formats. */
    default void finish() throws IOException {
        flush();
    }

    /** Frees what the writer holds; the stream stays open. */
    @Override
    void close();
}
