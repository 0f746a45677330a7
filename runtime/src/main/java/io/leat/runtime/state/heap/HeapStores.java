package io.leat.runtime.state.heap;

import io.leat.runtime.state.StateStore;

/** Opens stores on the Java heap. */
public final class HeapStores implements StateStore.Factory {
    private final Runnable opened;

    public HeapStores() {
        this(() -> {});
    }

    /**
     * @param opened is told of each store, by the thread that opens it
     */
    public HeapStores(Runnable opened) {
        this.opened = opened;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public StateStore open(String name, int keyBytes, int valueBytes) {
        opened.run();
        return new HeapStore();
    }
}
