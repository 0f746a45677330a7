package io.leat.runtime.state.sliced;

import io.leat.runtime.kernel.Hashing;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Rows by key and by group, the beginning of the key, which go away when a time is reached that each of them has. They are kept by slices
 * of that time: a slice that is over is dropped whole. No call allocates once as many rows of as many slices have been here. One thread.
 *
 * <p>Rows are handed out by address ({@link SlicedRow}), which is valid until a row is added.
 */
public final class RowSlices implements AutoCloseable {
    /** Slices that are over and wait to be used again. */
    private static final int MAX_FREE = 8;

    private static final long MAX_PART_WIDTH = Long.MAX_VALUE / RowSlice.PARTS;

    private final BufferAllocator allocator;
    private final long partWidth;
    private final long width;
    /** In the order of time. */
    private RowSlice[] slices = new RowSlice[16];

    private int count;
    private final RowSlice[] free = new RowSlice[MAX_FREE];
    private int freeCount;
    private long rows;
    private long bytes;

    /** Where the last search was, and the hashes of what was sought. */
    private RowSlice found;

    private int soughtKey;
    private int soughtGroup;
    private boolean restoring;

    /** Receives rows. */
    public interface Visitor {
        void row(long row);
    }

    /**
     * @param sliceWidth about how long a slice is
     */
    public RowSlices(BufferAllocator allocator, long sliceWidth) {
        this.allocator = allocator;
        this.partWidth = Math.min(MAX_PART_WIDTH, Math.max(1, sliceWidth / RowSlice.PARTS));
        this.width = partWidth * RowSlice.PARTS;
    }

    public long rows() {
        return rows;
    }

    /** Bytes in memory, those that wait to be used again among them. */
    public long bytes() {
        return bytes;
    }

    // ---- rows

    /** Finds a row that is due at a time, of the group that its key begins with; 0 if it is not there. */
    public long find(long key, int keyLength, int groupLength, long due) {
        seek(key, keyLength, groupLength);
        int at = indexOf(Math.floorDiv(due, width));
        if (at < 0) {
            return 0;
        }
        found = slices[at];
        int unit = found.find(key, keyLength, soughtGroup, soughtKey);
        return unit == 0 ? 0 : found.row(unit);
    }

    private void seek(long key, int keyLength, int groupLength) {
        soughtKey = hash(key, keyLength);
        soughtGroup = hash(key, groupLength);
    }

    /** Says that rows are sought by {@link #findRestored} from now on, or no longer; there are none at first. */
    public void restoring(boolean isRestoring) {
        restoring = isRestoring;
    }

    /** Finds a row, whatever its group and whenever it is due, in slices that were begun while restoring; 0 if it is not there. */
    public long findRestored(long key, int keyLength) {
        int hash = hash(key, keyLength);
        for (int i = 0; i < count; i++) {
            found = slices[i];
            int unit = found.find(key, keyLength, hash);
            if (unit != 0) {
                return found.row(unit);
            }
        }
        return 0;
    }

    private static int hash(long bytes, int length) {
        return (int) Hashing.hashBytes(bytes, length);
    }

    /** Adds a row that is not there, and answers with where its value goes. */
    public long add(long key, int keyLength, int groupLength, long due) {
        seek(key, keyLength, groupLength);
        return addSought(key, keyLength, due);
    }

    /** Adds the row that {@link #find} has not found. */
    public long addSought(long key, int keyLength, long due) {
        long number = Math.floorDiv(due, width);
        int at = indexOf(number);
        RowSlice slice = at >= 0 ? slices[at] : insert(~at, number);
        long before = slice.bytes();
        long value = slice.add(key, keyLength, soughtGroup, soughtKey, due);
        bytes += slice.bytes() - before;
        rows++;
        return value;
    }

    /** Removes the row that was found last. */
    public void removeFound(long row) {
        found.remove(row);
        rows--;
    }

    // ---- slices

    /** The index of a slice; if it is not there, the complement of the index where it belongs. */
    private int indexOf(long number) {
        int at = count;
        // Most rows belong to the last slices.
        while (at > 0 && slices[at - 1].number() > number) {
            at--;
        }
        return at > 0 && slices[at - 1].number() == number ? at - 1 : ~at;
    }

    private RowSlice insert(int at, long number) {
        if (count == slices.length) {
            slices = Arrays.copyOf(slices, 2 * count);
        }
        RowSlice slice;
        if (freeCount > 0) {
            slice = free[--freeCount];
        } else {
            slice = new RowSlice(allocator, partWidth);
            bytes += slice.bytes();
        }
        slice.begin(number, restoring);
        System.arraycopy(slices, at, slices, at + 1, count - at);
        slices[at] = slice;
        count++;
        return slice;
    }

    private RowSlice takeOut(int at) {
        RowSlice slice = slices[at];
        count--;
        System.arraycopy(slices, at + 1, slices, at, count - at);
        slices[count] = null;
        rows -= slice.rows();
        return slice;
    }

    private void recycle(RowSlice slice) {
        if (freeCount < MAX_FREE) {
            free[freeCount++] = slice;
        } else {
            release(slice);
        }
    }

    private void release(RowSlice slice) {
        bytes -= slice.bytes();
        slice.close();
    }

    /**
     * Removes the rows that are due up to a time.
     *
     * @param visitor is shown each row before it is removed; null if nobody asks, and then most are not looked at
     */
    public void removeUpTo(long until, Visitor visitor) {
        long last = Math.floorDiv(until, width);
        while (count > 0 && slices[0].number() < last) {
            if (visitor != null) {
                slices[0].forEach(visitor);
            }
            recycle(takeOut(0));
        }
        if (count > 0 && slices[0].number() == last) {
            RowSlice slice = slices[0];
            int before = slice.rows();
            slice.removeUpTo(until, visitor == null ? IGNORED : visitor);
            rows -= before - slice.rows();
            if (slice.rows() == 0) {
                recycle(takeOut(0));
            }
        }
    }

    private static final Visitor IGNORED = row -> {};

    /** Visits all rows. */
    public void forEach(Visitor visitor) {
        for (int i = 0; i < count; i++) {
            slices[i].forEach(visitor);
        }
    }

    /** Hands out all rows of the slice that takes the most memory and gives the memory back; what waits to be used again goes first. */
    public void giveUpLargest(Visitor visitor) {
        if (freeCount > 0) {
            release(free[--freeCount]);
            free[freeCount] = null;
        } else if (count > 0) {
            int largest = 0;
            for (int i = 1; i < count; i++) {
                largest = slices[i].bytes() > slices[largest].bytes() ? i : largest;
            }
            slices[largest].forEach(visitor);
            release(takeOut(largest));
        }
    }

    // ---- walking over a group

    /** A new walk; an operator makes one and uses it again. */
    public Walk walk() {
        return new Walk();
    }

    /** A walk over the rows of a group. Rows may be removed and their values changed meanwhile, but none may be added. */
    public final class Walk {
        private long group;
        private int groupLength;
        private int groupHash;
        /** The slice that comes next, and the number of the last one. */
        private int next;

        private long lastNumber;
        private RowSlice slice;
        private int unit;

        private Walk() {}

        /** Moves to the first row of a group in the slices of a span of due times; false if there is none. */
        public boolean seek(long newGroup, int newLength, long from, long to) {
            group = newGroup;
            groupLength = newLength;
            next = indexOf(Math.floorDiv(from, width));
            next = next < 0 ? ~next : next;
            lastNumber = Math.floorDiv(to, width);
            unit = 0;
            if (!isMore()) {
                return false;
            }
            groupHash = hash(newGroup, newLength);
            return next();
        }

        private boolean isMore() {
            return next < count && slices[next].number() <= lastNumber;
        }

        /** Moves to the next row; false if there is none. */
        public boolean next() {
            while (true) {
                if (unit != 0) {
                    unit = SlicedRow.nextOfGroup(slice.row(unit));
                } else if (isMore()) {
                    slice = slices[next++];
                    unit = slice.firstOfGroup(groupHash);
                } else {
                    return false;
                }
                if (unit != 0 && isOfGroup(slice.row(unit))) {
                    return true;
                }
            }
        }

        private boolean isOfGroup(long row) {
            return !SlicedRow.isGone(row) && SlicedRow.startsWith(row, group, groupLength);
        }

        /** Where the row stands. */
        public long row() {
            return slice.row(unit);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < count; i++) {
            slices[i].close();
        }
        for (int i = 0; i < freeCount; i++) {
            free[i].close();
        }
        count = 0;
        freeCount = 0;
    }
}
