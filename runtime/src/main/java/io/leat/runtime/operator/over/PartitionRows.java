package io.leat.runtime.operator.over;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.NodeSpec.SortKey;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.Restorable;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.window.Windowing;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Rows of partitions at rest: a partition is a range of keys, and its rows are in order in it.
 *
 * <p>A key is the virtual partition, the columns that partitions agree in, then what rows are ordered by. A value is the length of the
 * partition's part of the key, that of what says which rows are equal, how many times the row is there, and the row. A row may be there
 * less than no times for a while, if what takes it away comes before it does.
 */
final class PartitionRows implements Restorable, AutoCloseable {
    private static final int EQUAL_LENGTH = 4;
    private static final int COUNT = 8;
    private static final int ROW = 16;
    /** Behind the virtual partition and the byte that says that the end of a window is not NULL. */
    private static final int WINDOW_END = 2;

    private final PartitionSpec spec;
    private final KeyedState state;
    private final KeyBytes key;
    private final BytesResult value;
    private final RowBytes form;
    private final KeyedBatch batch;
    private int[] partitionLengths = new int[64];
    private int[] equalLengths = new int[64];
    private long leastEnd = Windowing.END;

    /** Is told of each partition that rows of a batch belong to, before and after they are added. */
    interface Touched {
        /** The bytes that the keys of the partition begin with are valid for this call. */
        void before(long partition, int length);

        void after(long partition, int length);
    }

    /**
     * @param state is closed with it
     */
    PartitionRows(PartitionSpec spec, KeyedState state, BufferAllocator allocator) {
        this.spec = spec;
        this.state = state;
        this.key = new KeyBytes(allocator);
        this.value = new BytesResult(allocator);
        int first = spec.firstKey();
        this.form = RowBytes.ofColumns(spec.input(), first, spec.input().size() - first - 1);
        this.batch = new KeyedBatch(allocator);
    }

    /** A new cursor over the rows. */
    KeyedState.Cursor cursor() {
        return state.cursor();
    }

    long entries() {
        return state.entries();
    }

    // ---- rows that come and go
    // -----------------------------------------------------------------------------------------

    /** Adds the rows of a batch, partition by partition. */
    void add(Batch rows, Touched touched) {
        batch.clear();
        if (partitionLengths.length < rows.rows()) {
            partitionLengths = new int[rows.rows()];
            equalLengths = new int[rows.rows()];
        }
        for (int row = 0; row < rows.rows(); row++) {
            makeKey(rows, row);
            batch.add(key);
        }
        batch.sort();
        for (int at = 0; at < batch.size(); ) {
            int first = batch.row(at);
            long partition = batch.address(first);
            int length = partitionLengths[first];
            touched.before(partition, length);
            for (; at < batch.size() && batch.startsWith(batch.row(at), partition, length); at++) {
                add(rows, batch.row(at));
            }
            touched.after(partition, length);
        }
    }

    private void makeKey(Batch rows, int row) {
        key.partition(rows.column(rows.columns() - 1).getLong(row));
        int first = spec.firstKey();
        for (int column = first; column < first + spec.keys(); column++) {
            append(rows, row, column, false, true);
        }
        partitionLengths[row] = key.length();
        if (spec.windowed()) {
            leastEnd = Math.min(leastEnd, KeyBytes.readLong(key.address() + WINDOW_END));
        }
        equalLengths[row] = key.length();
        for (int i = 0; i < spec.order().size(); i++) {
            SortKey by = spec.order().get(i);
            append(rows, row, by.column(), by.descending(), by.nullsFirst());
            if (i < spec.orderKeys()) {
                equalLengths[row] = key.length();
            }
        }
    }

    private void append(Batch rows, int row, int column, boolean descending, boolean nullsFirst) {
        for (int leaf = spec.input().firstLeaf(column); leaf < spec.input().firstLeaf(column + 1); leaf++) {
            key.append(rows, leaf, row, descending, nullsFirst);
        }
    }

    private void add(Batch rows, int row) {
        long at = batch.address(row);
        int length = batch.length(row);
        long weight = spec.weighted() ? rows.column(0).getLong(row) : 1;
        if (state.get(at, length, value)) {
            long count = Memory.getLong(value.address() + COUNT) + weight;
            if (count == 0) {
                state.remove(at, length);
                return;
            }
            Memory.putLong(value.address() + COUNT, count);
            state.put(at, length, value.address(), value.length());
            return;
        }
        value.clear();
        value.reserve(ROW);
        value.length(ROW);
        Memory.putInt(value.address(), partitionLengths[row]);
        Memory.putInt(value.address() + EQUAL_LENGTH, equalLengths[row]);
        Memory.putLong(value.address() + COUNT, weight);
        form.pack(rows, row, value);
        state.put(at, length, value.address(), value.length());
    }

    // ---- what cursors see
    // ----------------------------------------------------------------------------------------------

    /** How long the part of the key is that all rows of the partition have. */
    static int partitionLength(KeyedState.Cursor cursor) {
        return Memory.getInt(cursor.valueAddress());
    }

    /** How long the part of the key is that rows have which are equal. */
    static int equalLength(KeyedState.Cursor cursor) {
        return Memory.getInt(cursor.valueAddress() + EQUAL_LENGTH);
    }

    /** How many times the row is there; not at all if this is negative. */
    static long count(KeyedState.Cursor cursor) {
        return Memory.getLong(cursor.valueAddress() + COUNT);
    }

    /** Where the row stands, as {@link #form} packs it. */
    static long row(KeyedState.Cursor cursor) {
        return cursor.valueAddress() + ROW;
    }

    static int rowLength(KeyedState.Cursor cursor) {
        return cursor.valueLength() - ROW;
    }

    /** How rows are packed: all columns of the input but weight and hash. */
    RowBytes form() {
        return form;
    }

    /** Moves a cursor to the first row behind a partition; false if there is none. */
    static boolean leave(KeyedState.Cursor cursor, long partition, int length) {
        return cursor.seekLast(partition, length) && cursor.next();
    }

    // ---- complete partitions
    // -------------------------------------------------------------------------------------------

    /** Is handed each partition that is complete, with a cursor at its first row, which it may move about. */
    interface Complete {
        /** The bytes that the keys of the partition begin with are valid for this call. */
        void partition(KeyedState.Cursor cursor, long partition, int length);
    }

    /** Hands over the partitions whose windows end at or before the watermark, or all at the end, and forgets them. */
    void completeUpTo(long watermark, KeyedState.Cursor cursor, BytesResult partition, Complete complete) {
        boolean all = watermark == Windowing.END;
        if (!all && (!spec.windowed() || watermark < leastEnd)) {
            return;
        }
        leastEnd = Windowing.END;
        boolean found = cursor.first();
        while (found) {
            partition.clear();
            partition.append(cursor.keyAddress(), partitionLength(cursor));
            long end = spec.windowed() ? KeyBytes.readLong(partition.address() + WINDOW_END) : Windowing.END;
            if (end <= watermark) {
                complete.partition(cursor, partition.address(), partition.length());
                state.removePrefix(partition.address(), partition.length());
                found = cursor.seek(partition.address(), partition.length());
            } else {
                leastEnd = Math.min(leastEnd, end);
                found = nextVirtualPartition(cursor, partition);
            }
        }
    }

    /** The other windows of this virtual partition end later, too. */
    private static boolean nextVirtualPartition(KeyedState.Cursor cursor, BytesResult partition) {
        return cursor.seekLast(partition.address(), 1) && cursor.next();
    }

    @Override
    public void save(StateWriter out) {
        state.save(out);
    }

    @Override
    public void restore(StateReader in) {
        state.restore(in);
        // The next watermark looks what it is.
        leastEnd = Windowing.NEVER;
    }

    void endEpoch() {
        state.endEpoch();
    }

    @Override
    public void close() {
        state.close();
        key.close();
        value.close();
        batch.close();
    }
}
