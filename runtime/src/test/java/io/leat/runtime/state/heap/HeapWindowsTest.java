package io.leat.runtime.state.heap;

import io.leat.runtime.state.StateStore;
import io.leat.runtime.state.WindowStateContract;

class HeapWindowsTest extends WindowStateContract {
    @Override
    protected StateStore.Factory stores() {
        return new HeapStores();
    }
}
