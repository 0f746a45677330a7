package io.leat.runtime.state;

import java.util.Arrays;

/**
 * Slices by their start: a hash index for the row path, which allocates nothing, and the starts in order for firing. Not
 * thread-safe.
 */
final class SliceMap<S> {
    private long[] keys = new long[16];
    private Object[] values = new Object[16];
    private long[] sorted = new long[16];
    private int size;

    int size() {
        return size;
    }

    /** The smallest start; only when there is one. */
    long first() {
        return sorted[0];
    }

    /** The start at this rank, in ascending order. */
    long start(int rank) {
        return sorted[rank];
    }

    /** The rank of the first start that is at least {@code start}; {@link #size} if there is none. */
    int rankOf(long start) {
        int found = Arrays.binarySearch(sorted, 0, size, start);
        return found >= 0 ? found : -found - 1;
    }

    /** The slice that starts there, or null. */
    @SuppressWarnings("unchecked")
    S get(long start) {
        for (int i = slot(start); values[i] != null; i = (i + 1) & (keys.length - 1)) {
            if (keys[i] == start) {
                return (S) values[i];
            }
        }
        return null;
    }

    private int slot(long start) {
        long mixed = start * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & (keys.length - 1);
    }

    void put(long start, S slice) {
        if (2 * (size + 1) > keys.length) {
            rebuild(2 * keys.length);
        }
        insert(start, slice);
        int rank = rankOf(start);
        if (size == sorted.length) {
            sorted = Arrays.copyOf(sorted, 2 * size);
        }
        System.arraycopy(sorted, rank, sorted, rank + 1, size - rank);
        sorted[rank] = start;
        size++;
    }

    private void insert(long start, Object slice) {
        int i = slot(start);
        while (values[i] != null) {
            i = (i + 1) & (keys.length - 1);
        }
        keys[i] = start;
        values[i] = slice;
    }

    /** Removes the slice with the smallest start and returns it. */
    S removeFirst() {
        S removed = get(sorted[0]);
        size--;
        System.arraycopy(sorted, 1, sorted, 0, size);
        long[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new long[oldKeys.length];
        values = new Object[oldValues.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null && oldValues[i] != removed) {
                insert(oldKeys[i], oldValues[i]);
            }
        }
        return removed;
    }

    private void rebuild(int capacity) {
        long[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new long[capacity];
        values = new Object[capacity];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                insert(oldKeys[i], oldValues[i]);
            }
        }
    }
}
