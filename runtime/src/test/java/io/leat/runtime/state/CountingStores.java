package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.state.heap.HeapStore;

/** Stores on the heap that count what is written. */
final class CountingStores implements StateStore.Factory {
    private final HeapStore store = new HeapStore();
    private int puts;

    int puts() {
        return puts;
    }

    long size() {
        return store.size();
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public StateStore open(String name, int keyBytes, int valueBytes) {
        return new StateStore() {
            @Override
            public void put(long key, int keyLength, long value, int valueLength, long variable, int variableLength) {
                puts++;
                store.put(key, keyLength, value, valueLength, variable, variableLength);
            }

            @Override
            public boolean get(long key, int keyLength, BytesResult value, BytesResult variable) {
                return store.get(key, keyLength, value, variable);
            }

            @Override
            public void remove(long key, int keyLength) {
                store.remove(key, keyLength);
            }

            @Override
            public long size() {
                return store.size();
            }

            @Override
            public void endEpoch() {
                store.endEpoch();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }
}
