package io.leat.runtime.connector.format;

import io.leat.runtime.batch.Batch;
import java.io.IOException;

/**
 * Writes rows as lines, each ending in {@code \n}. One thread at a time.
 *
 * <p>Calling order: {@link #header} at most once and first, {@link #write} any number of times, {@link #flush} whenever everything
 * so far must have reached the stream, {@link #close} always. Lines that were not flushed may be lost at close.
 */
public interface RowWriter extends AutoCloseable {

    /** Writes what stands before the first row, such as the line of column names; nothing for most formats. */
    void header() throws IOException;

    void write(Batch batch, int row) throws IOException;

    /** Hands everything written so far to the stream, which is not flushed itself. */
    void flush() throws IOException;

    /** Frees what the writer holds; the stream stays open. */
    @Override
    void close();
}
