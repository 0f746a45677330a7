package io.leat.runtime.operator.over;

import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.ByteArena;
import io.leat.runtime.state.KeyedState;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/** Rows of a partition with what is told of them, as they are at one moment. Filled again and again. */
final class ToldRows implements AutoCloseable {
    private final ByteArena arena;
    private int[] keys = new int[16];
    private int[] keyLengths = new int[16];
    private int[] rows = new int[16];
    private int[] rowLengths = new int[16];
    private int[] added = new int[16];
    private int[] addedLengths = new int[16];
    private int size;

    ToldRows(BufferAllocator allocator) {
        this.arena = new ByteArena(allocator);
    }

    void clear() {
        arena.clear();
        size = 0;
    }

    /** Adds the row that a cursor is at. */
    void add(KeyedState.Cursor cursor) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            keyLengths = Arrays.copyOf(keyLengths, 2 * size);
            rows = Arrays.copyOf(rows, 2 * size);
            rowLengths = Arrays.copyOf(rowLengths, 2 * size);
            added = Arrays.copyOf(added, 2 * size);
            addedLengths = Arrays.copyOf(addedLengths, 2 * size);
        }
        keys[size] = arena.add(cursor.keyAddress(), cursor.keyLength());
        keyLengths[size] = cursor.keyLength();
        rows[size] = arena.add(PartitionRows.row(cursor), PartitionRows.rowLength(cursor));
        rowLengths[size] = PartitionRows.rowLength(cursor);
        addedLengths[size] = 0;
        size++;
    }

    /** Says what is told of a row beside its columns. */
    void tell(int index, long address, int length) {
        added[index] = arena.add(address, length);
        addedLengths[index] = length;
    }

    int size() {
        return size;
    }

    /** The packed row; valid until the next change. */
    long row(int index) {
        return arena.address(rows[index]);
    }

    /** What is told of the row; valid until the next change. */
    long told(int index) {
        return arena.address(added[index]);
    }

    /** Takes a change: a row that is not told any more, or one that is from now on. */
    interface Changed {
        void row(ToldRows rows, int index, int weight);
    }

    /** How the rows of one moment became those of another, row by row in their order. */
    static void compare(ToldRows before, ToldRows after, Changed changed) {
        int old = 0;
        int now = 0;
        while (old < before.size || now < after.size) {
            int order = old == before.size ? 1 : now == after.size ? -1 : before.order(old, after, now);
            boolean stays = order == 0 && before.isSame(old, after, now);
            if (!stays && order <= 0) {
                changed.row(before, old, -1);
            }
            if (!stays && order >= 0) {
                changed.row(after, now, 1);
            }
            old += order <= 0 ? 1 : 0;
            now += order >= 0 ? 1 : 0;
        }
    }

    /** As {@link #compare}, place by place: a row gives way to the one that has its place now. */
    static void compareByPlace(ToldRows before, ToldRows after, Changed changed) {
        for (int i = 0; i < Math.max(before.size, after.size); i++) {
            boolean same = i < before.size && i < after.size && before.isSame(i, after, i);
            if (!same && i < before.size) {
                changed.row(before, i, -1);
            }
            if (!same && i < after.size) {
                changed.row(after, i, 1);
            }
        }
    }

    private int order(int index, ToldRows other, int otherIndex) {
        return Memory.compare(
                arena.address(keys[index]),
                keyLengths[index],
                other.arena.address(other.keys[otherIndex]),
                other.keyLengths[otherIndex]);
    }

    /** Whether a row, and what is told of it, is the same as at another moment. Of a row with the same key columns may have changed. */
    private boolean isSame(int index, ToldRows other, int otherIndex) {
        int length = addedLengths[index];
        int rowLength = rowLengths[index];
        return length == other.addedLengths[otherIndex]
                && rowLength == other.rowLengths[otherIndex]
                && Memory.equal(told(index), other.told(otherIndex), length)
                && Memory.equal(row(index), other.row(otherIndex), rowLength);
    }

    @Override
    public void close() {
        arena.close();
    }
}
