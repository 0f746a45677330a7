package io.leat.benchmarks;

import java.util.Arrays;

/** Counts by number: an open-addressing table of primitives that grows. Not for the key 0. */
final class LongCounts {
    private long[] keys = new long[1 << 10];
    private long[] counts = new long[1 << 10];
    private int size;

    interface Visitor {
        void count(long key, long count);
    }

    void add(long key) {
        int slot = slot(key);
        if (keys[slot] == 0) {
            if (2 * ++size > keys.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
        }
        counts[slot]++;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) Bytes.mix(key) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldCounts = counts;
        keys = new long[2 * oldKeys.length];
        counts = new long[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
            }
        }
    }

    void forEach(Visitor visitor) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                visitor.count(keys[i], counts[i]);
            }
        }
    }

    void clear() {
        Arrays.fill(keys, 0);
        Arrays.fill(counts, 0);
        size = 0;
    }
}
