package io.leat.runtime.state.chronicle;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.StateStore;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * A store in Chronicle Map. A map cannot hold more entries than it was made for, so this one moves into a larger map before it is
 * full; values have one width, their variable parts stand in a second map under the same key.
 */
final class ChronicleStore implements StateStore {
    private static final long FIRST_ENTRIES = 1 << 14;
    private static final int GROWTH = 4;
    /** The share of a map that is used at most: keys of different lengths fill it unevenly. */
    private static final double MAX_LOAD = 0.75;

    private static final int TYPICAL_VARIABLE_BYTES = 64;
    private static final double BLOAT = 4;

    private final String name;
    private final int keyBytes;
    private final int valueBytes;
    private long capacity = FIRST_ENTRIES;
    private ChronicleMap<byte[], byte[]> values;
    private ChronicleMap<byte[], byte[]> variables;
    private byte[] usedValue;

    ChronicleStore(String name, int keyBytes, int valueBytes) {
        this.name = name;
        this.keyBytes = keyBytes;
        this.valueBytes = valueBytes;
        this.values = newValues();
        this.usedValue = new byte[valueBytes];
    }

    private ChronicleMap<byte[], byte[]> newValues() {
        return ChronicleMapBuilder.of(byte[].class, byte[].class)
                .name("leat-" + name)
                .averageKeySize(keyBytes)
                .constantValueSizeBySample(new byte[valueBytes])
                .entries(capacity)
                .maxBloatFactor(BLOAT)
                .actualSegments(1)
                .create();
    }

    private ChronicleMap<byte[], byte[]> newVariables() {
        return ChronicleMapBuilder.of(byte[].class, byte[].class)
                .name("leat-" + name + "-variable")
                .averageKeySize(keyBytes)
                .averageValueSize(TYPICAL_VARIABLE_BYTES)
                .entries(capacity)
                .maxBloatFactor(BLOAT)
                .actualSegments(1)
                .create();
    }

    @Override
    public void put(long key, int keyLength, long value, int valueLength, long variable, int variableLength) {
        if (values.longSize() >= capacity * MAX_LOAD) {
            grow();
        }
        byte[] keyArray = Memory.toArray(key, keyLength);
        Memory.copy(value, usedValue, 0, valueLength);
        values.put(keyArray, usedValue);
        if (variableLength > 0) {
            if (variables == null) {
                variables = newVariables();
            }
            variables.put(keyArray, Memory.toArray(variable, variableLength));
        }
    }

    /** Moves all entries into a map several times as large. */
    private void grow() {
        capacity *= GROWTH;
        ChronicleMap<byte[], byte[]> larger = newValues();
        try {
            values.forEach(larger::put);
        } finally {
            values.close();
            values = larger;
        }
        if (variables != null) {
            ChronicleMap<byte[], byte[]> largerVariables = newVariables();
            variables.forEach(largerVariables::put);
            variables.close();
            variables = largerVariables;
        }
    }

    @Override
    public boolean get(long key, int keyLength, BytesResult value, BytesResult variable) {
        byte[] keyArray = Memory.toArray(key, keyLength);
        byte[] found = values.getUsing(keyArray, usedValue);
        if (found == null) {
            return false;
        }
        value.clear();
        value.append(found);
        variable.clear();
        byte[] foundVariable = variables == null ? null : variables.get(keyArray);
        if (foundVariable != null) {
            variable.append(foundVariable);
        }
        return true;
    }

    @Override
    public void remove(long key, int keyLength) {
        byte[] keyArray = Memory.toArray(key, keyLength);
        values.remove(keyArray);
        if (variables != null) {
            variables.remove(keyArray);
        }
    }

    @Override
    public long size() {
        return values.longSize();
    }

    @Override
    public void endEpoch() {
        if (values.longSize() >= capacity * MAX_LOAD / 2) {
            grow();
        }
    }

    @Override
    public void close() {
        values.close();
        if (variables != null) {
            variables.close();
        }
    }
}
