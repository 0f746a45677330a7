package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.type.Schema;
import org.apache.arrow.memory.BufferAllocator;

/** Batches of rows in snapshots. */
final class SavedRows {
    private SavedRows() {}

    static void write(Batch batch, BufferAllocator allocator, SectionWriter out) {
        RowBytes form = RowBytes.ofColumns(batch.schema(), 0, batch.schema().size());
        out.putInt(batch.rows());
        try (BytesResult bytes = new BytesResult(allocator)) {
            for (int row = 0; row < batch.rows(); row++) {
                bytes.clear();
                form.pack(batch, row, bytes);
                out.putBytes(bytes.address(), bytes.length());
            }
        }
    }

    /** The batch is the caller's. */
    static Batch read(Schema schema, BufferAllocator allocator, SectionReader in) {
        RowBytes form = RowBytes.ofColumns(schema, 0, schema.size());
        int rows = in.getInt();
        Batch batch = new Batch(schema, Math.max(1, rows), allocator);
        try (BytesResult bytes = new BytesResult(allocator)) {
            for (int row = 0; row < rows; row++) {
                in.getBytes(bytes);
                form.unpack(bytes.address(), batch, 0, row);
                batch.rows(row + 1);
            }
        }
        return batch;
    }
}
