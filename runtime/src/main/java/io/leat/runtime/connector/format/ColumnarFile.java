package io.leat.runtime.connector.format;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.SourceReader.RefusedRow;
import java.io.IOException;
import java.util.List;

/**
 * An open file of rows that are held by column. Reads forward; one thread at a time.
 *
 * <p>A file that turns out to be damaged, and one whose columns are not of the wanted types, is refused with a {@code
 * ConnectorException} that names it, the place in it, what is there and what was expected.
 */
public interface ColumnarFile extends AutoCloseable {

    /** How many rows it has. */
    long rows();

    /** What tells the file from one that takes its place: a few characters that depend on what it holds. */
    String print();

    /** The rank of the row that is read next, from 0. */
    long position();

    /** Goes forward to a row, which is read next. */
    void seek(long row) throws IOException;

    /** Adds rows to an empty batch until that is full; adds none at the end. */
    void read(Batch into) throws IOException;

    /** Rows of the last batch with values that their columns cannot hold. They are in the batch, with NULL in place of those. */
    List<RefusedRow> refused();

    /** Frees what reading takes. */
    @Override
    void close();
}
