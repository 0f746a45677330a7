package io.leat.runtime.state.heap;

import io.leat.runtime.state.StateStore;

/** Opens stores on the Java heap. */
public final class HeapStores implements StateStore.Factory {
    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public StateStore open(String name, int keyBytes, int valueBytes) {
        return new HeapStore();
    }
}
