package io.leat.runtime.state.heap;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.StateStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A store in a {@code HashMap}. */
public final class HeapStore implements StateStore {
    /** What a JVM takes for an entry beside its bytes, about: an entry of the map, two records and three arrays. */
    private static final int ENTRY_BYTES = 160;

    private final Map<Key, Value> values = new HashMap<>();
    private long bytes;

    private record Value(byte[] fixed, byte[] variable) {
        private int bytes() {
            return fixed.length + variable.length;
        }
    }

    /** Bytes that compare by content. */
    private static final class Key {
        private final byte[] bytes;
        private final int hash;

        Key(long address, int length) {
            bytes = Memory.toArray(address, length);
            hash = Arrays.hashCode(bytes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    @Override
    public void put(long key, int keyLength, long value, int valueLength, long variable, int variableLength) {
        Value added = new Value(Memory.toArray(value, valueLength), Memory.toArray(variable, variableLength));
        Value before = values.put(new Key(key, keyLength), added);
        bytes += added.bytes() + (before == null ? keyLength + ENTRY_BYTES : -before.bytes());
    }

    @Override
    public boolean get(long key, int keyLength, BytesResult value, BytesResult variable) {
        Value found = values.get(new Key(key, keyLength));
        if (found == null) {
            return false;
        }
        value.clear();
        value.append(found.fixed());
        variable.clear();
        variable.append(found.variable());
        return true;
    }

    @Override
    public void remove(long key, int keyLength) {
        Value removed = values.remove(new Key(key, keyLength));
        if (removed != null) {
            bytes -= removed.bytes() + keyLength + ENTRY_BYTES;
        }
    }

    @Override
    public long size() {
        return values.size();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void reserve(long moreKeys) {
        // The map grows by itself.
    }

    @Override
    public void endEpoch() {
        // The map grows by itself.
    }

    @Override
    public void close() {
        values.clear();
    }
}
