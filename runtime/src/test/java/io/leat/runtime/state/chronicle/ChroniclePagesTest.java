package io.leat.runtime.state.chronicle;

import io.leat.runtime.platform.Threads;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.KeyedStateContract;
import io.leat.runtime.state.StateStore;
import io.leat.runtime.state.paged.PagedState;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Tag;

/** Pages that go to Chronicle Map and come back with nearly every call. */
@Tag("every-jdk")
class ChroniclePagesTest extends KeyedStateContract {
    private static final int PAGE_BYTES = 128;
    private static final long HOT_BYTES = 256;

    private final StateStore.Factory stores = new ChronicleStores(Threads.system());

    @Override
    protected KeyedState open(BufferAllocator memory) {
        return new PagedState(() -> stores.open("pages", Integer.BYTES, PAGE_BYTES), memory, PAGE_BYTES, HOT_BYTES);
    }
}
