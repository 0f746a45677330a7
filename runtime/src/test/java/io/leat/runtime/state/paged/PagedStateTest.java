package io.leat.runtime.state.paged;

import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.KeyedStateContract;
import io.leat.runtime.state.heap.HeapStore;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Nested;

class PagedStateTest {
    @Nested
    class InMemory extends KeyedStateContract {
        @Override
        protected KeyedState open(BufferAllocator memory) {
            return new PagedState(HeapStore::new, memory, PagedState.PAGE_BYTES, 64 << 20);
        }
    }

    @Nested
    class SmallPages extends KeyedStateContract {
        @Override
        protected KeyedState open(BufferAllocator memory) {
            return new PagedState(HeapStore::new, memory, 128, 64 << 20);
        }
    }

    /** Nearly every call sends a page away and brings another one back. */
    @Nested
    class TinyBudget extends KeyedStateContract {
        @Override
        protected KeyedState open(BufferAllocator memory) {
            return new PagedState(HeapStore::new, memory, 128, 256);
        }
    }

    @Nested
    class NoBudget extends KeyedStateContract {
        @Override
        protected KeyedState open(BufferAllocator memory) {
            return new PagedState(HeapStore::new, memory, 64, 0);
        }
    }
}
