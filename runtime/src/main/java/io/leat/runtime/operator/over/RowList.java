package io.leat.runtime.operator.over;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Any number of rows of one schema, read in any order. Filled again and again; keeps its memory. */
final class RowList implements AutoCloseable {
    private static final int SHIFT = 8;
    private static final int CHUNK = 1 << SHIFT;

    private final Schema schema;
    private final BufferAllocator allocator;
    private final List<Batch> chunks = new ArrayList<>();
    private int size;

    RowList(Schema schema, BufferAllocator allocator) {
        this.schema = schema;
        this.allocator = allocator;
    }

    void clear() {
        for (int i = 0; i << SHIFT < size; i++) {
            chunks.get(i).reset();
        }
        size = 0;
    }

    /** Adds a row, to be written into {@link #batch} at {@link #at}; answers with its number. */
    int add() {
        if (size >>> SHIFT == chunks.size()) {
            chunks.add(new Batch(schema, CHUNK, allocator));
        }
        Batch chunk = chunks.get(size >>> SHIFT);
        chunk.rows(at(size) + 1);
        return size++;
    }

    int size() {
        return size;
    }

    Schema schema() {
        return schema;
    }

    /** The batch that holds a row. */
    Batch batch(int row) {
        return chunks.get(row >>> SHIFT);
    }

    /** Where a row stands in its batch. */
    static int at(int row) {
        return row & CHUNK - 1;
    }

    Column column(int row, int leaf) {
        return batch(row).column(leaf);
    }

    boolean isNull(int row, int leaf) {
        return column(row, leaf).isNull(at(row));
    }

    @Override
    public void close() {
        chunks.forEach(Batch::close);
        chunks.clear();
    }
}
