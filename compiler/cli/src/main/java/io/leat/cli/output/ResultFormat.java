package io.leat.cli.output;

import io.leat.runtime.batch.Batch;
import java.io.IOException;

/**
 * Writes the rows of one result. One thread at a time.
 *
 * <p>Calling order: {@link #rows} any number of times, {@link #flush} whenever what came so far should be seen, {@link #end} once,
 * {@link #close} always.
 */
interface ResultFormat extends AutoCloseable {

    void rows(Batch batch) throws IOException;

    void flush() throws IOException;

    /** Writes what stands behind the last row, the empty line between results with it. */
    void end() throws IOException;

    @Override
    void close();
}
