package io.leat.runtime.state.chronicle;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.StateStore;
import io.leat.runtime.state.heap.HeapStore;

/**
 * A store in Chronicle Map. Values have one width; their variable parts stand in a second map under the same key. A map holds entries
 * of about the same size, so the few that are far larger are kept apart, on the heap.
 */
final class ChronicleStore implements StateStore {
    /** Bytes of key and variable part from which an entry is a large one. */
    private static final int LARGE = 4 << 10;

    private static final int TYPICAL_VARIABLE_BYTES = 64;
    private static final byte[] NONE = {};

    private final String name;
    private final int keyBytes;
    private final GrowingMap values;
    private final HeapStore large = new HeapStore();
    private GrowingMap variables;
    private final byte[] usedValue;

    ChronicleStore(String name, int keyBytes, int valueBytes) {
        this.name = "leat-" + name;
        this.keyBytes = keyBytes;
        this.values = GrowingMap.ofFixed(this.name, keyBytes, valueBytes);
        this.usedValue = new byte[valueBytes];
    }

    @Override
    public void put(long key, int keyLength, long value, int valueLength, long variable, int variableLength) {
        byte[] keyArray = Memory.toArray(key, keyLength);
        if (keyLength + (long) variableLength >= LARGE) {
            removeSmall(keyArray);
            large.put(key, keyLength, value, valueLength, variable, variableLength);
            return;
        }
        if (large.size() > 0) {
            large.remove(key, keyLength);
        }
        Memory.copy(value, usedValue, 0, valueLength);
        values.put(keyArray, usedValue);
        if (variableLength > 0) {
            if (variables == null) {
                variables = GrowingMap.ofVariable(name + "-variable", keyBytes, TYPICAL_VARIABLE_BYTES);
            }
            variables.put(keyArray, Memory.toArray(variable, variableLength));
        } else if (variables != null) {
            variables.remove(keyArray);
        }
    }

    @Override
    public boolean get(long key, int keyLength, BytesResult value, BytesResult variable) {
        byte[] keyArray = Memory.toArray(key, keyLength);
        byte[] found = values.get(keyArray, usedValue);
        if (found == null) {
            return large.size() > 0 && large.get(key, keyLength, value, variable);
        }
        value.clear();
        value.append(found);
        byte[] foundVariable = variables == null ? null : variables.get(keyArray, NONE);
        variable.clear();
        variable.append(foundVariable == null ? NONE : foundVariable);
        return true;
    }

    @Override
    public void remove(long key, int keyLength) {
        removeSmall(Memory.toArray(key, keyLength));
        large.remove(key, keyLength);
    }

    private void removeSmall(byte[] key) {
        values.remove(key);
        if (variables != null) {
            variables.remove(key);
        }
    }

    @Override
    public long size() {
        return values.size() + large.size();
    }

    @Override
    public long bytes() {
        return values.bytes() + (variables == null ? 0 : variables.bytes()) + large.bytes();
    }

    @Override
    public void reserve(long moreKeys) {
        values.reserve(moreKeys);
        if (variables != null) {
            variables.reserve(moreKeys);
        }
    }

    @Override
    public void endEpoch() {
        values.grow();
        if (variables != null) {
            variables.grow();
        }
    }

    @Override
    public void close() {
        values.close();
        if (variables != null) {
            variables.close();
        }
        large.close();
    }
}
