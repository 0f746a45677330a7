package io.leat.runtime.batch;

import io.leat.runtime.type.Schema;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Up to {@link #capacity} rows of one schema, a {@link Column} per leaf.
 *
 * <p>Ownership: who creates a batch closes it. A batch handed to a receiver is lent for that call, and others may be handed the same one
 * after it: who wants to keep the rows makes a {@link #copy}, and leaves the batch as it is. Not thread-safe.
 */
public final class Batch implements AutoCloseable {
    /** Rows that a batch takes by default. */
    public static final int DEFAULT_CAPACITY = 4096;

    /** Variable-width bytes after which a batch counts as full, whatever its row count. */
    static final int FULL_BYTES = 16 << 20;

    private final Schema schema;
    private final int capacity;
    private final Column[] columns;
    private int rows;
    private boolean large;

    public Batch(Schema schema, int capacity, BufferAllocator allocator) {
        this.schema = schema;
        this.capacity = capacity;
        List<Schema.Leaf> leaves = schema.leaves();
        this.columns = new Column[leaves.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new Column(leaves.get(i), capacity, this, allocator);
        }
    }

    private Batch(Batch from) {
        this.schema = from.schema;
        this.capacity = from.capacity;
        this.rows = from.rows;
        this.columns = new Column[from.columns.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = from.columns[i].detach(this);
        }
    }

    private Batch(Batch from, int capacity) {
        this.schema = from.schema;
        this.capacity = capacity;
        this.rows = from.rows;
        this.columns = new Column[from.columns.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = from.columns[i].copy(rows, capacity, this);
        }
    }

    /**
     * Moves the rows into a batch of their own, which the caller closes. This batch stays usable and is empty. Only for its owner: a
     * batch that was lent is not the receiver's to empty.
     */
    public Batch detach() {
        Batch detached = new Batch(this);
        rows = 0;
        large = false;
        return detached;
    }

    /** The same rows in a batch of their own with no more room than they take, which the caller closes. */
    public Batch copy() {
        return new Batch(this, Math.max(1, rows));
    }

    public Schema schema() {
        return schema;
    }

    public int rows() {
        return rows;
    }

    public void rows(int count) {
        rows = count;
    }

    public int capacity() {
        return capacity;
    }

    public boolean isEmpty() {
        return rows == 0;
    }

    /** Whether the next row should go to another batch. */
    public boolean isFull() {
        return rows >= capacity || large;
    }

    /** Told by a column whose data grows. */
    void grown(long bytes) {
        large |= bytes >= FULL_BYTES;
    }

    /** Columns of storage: leaves of the schema, not its fields. */
    public int columns() {
        return columns.length;
    }

    public Column column(int leaf) {
        return columns[leaf];
    }

    public long data(int leaf) {
        return columns[leaf].dataAddress();
    }

    public long validity(int leaf) {
        return columns[leaf].validityAddress();
    }

    public long offsets(int leaf) {
        return columns[leaf].offsetsAddress();
    }

    /** Whether any of the rows is NULL in this leaf. */
    public boolean hasNulls(int leaf) {
        return columns[leaf].nulls(rows) > 0;
    }

    /** Whether two rows have the same values in all columns from {@code firstLeaf} on. */
    public boolean isSame(int row, int otherRow, int firstLeaf) {
        for (int leaf = firstLeaf; leaf < columns.length; leaf++) {
            if (!columns[leaf].isSame(row, columns[leaf], otherRow)) {
                return false;
            }
        }
        return true;
    }

    /** Empties the batch for the next rows; every value becomes NULL. */
    public void reset() {
        rows = 0;
        large = false;
        for (Column column : columns) {
            column.reset();
        }
    }

    /** Copies one row of a batch of the same schema to the end of this one. */
    public void append(Batch from, int fromRow) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].copy(from.columns[i], fromRow, rows);
        }
        rows++;
    }

    @Override
    public void close() {
        for (Column column : columns) {
            column.close();
        }
    }
}
