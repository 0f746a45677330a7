package io.leat.runtime.state.heap;

import io.leat.runtime.state.StateStore;
import io.leat.runtime.state.StateStoreContract;

class HeapStoreTest extends StateStoreContract {
    @Override
    protected StateStore.Factory stores() {
        return new HeapStores();
    }
}
