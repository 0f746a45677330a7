package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.state.heap.HeapStore;

/** Stores on the heap that count what is written and read. */
public final class CountingStores implements StateStore.Factory {
    private final HeapStore store = new HeapStore();
    private int puts;
    private int gets;
    private boolean ready = true;

    public int puts() {
        return puts;
    }

    public int gets() {
        return gets;
    }

    /** Keys in the store. */
    public long size() {
        return store.size();
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    /** Whether opening a store would be quick from now on. */
    public void ready(boolean value) {
        ready = value;
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
                gets++;
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
            public long bytes() {
                return store.bytes();
            }

            @Override
            public void reserve(long moreKeys) {
                store.reserve(moreKeys);
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
