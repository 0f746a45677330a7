package io.leat.runtime.state.heap;

import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.KeyedStateContract;
import org.apache.arrow.memory.BufferAllocator;

class HeapKeyedStateTest extends KeyedStateContract {
    @Override
    protected KeyedState open(BufferAllocator memory) {
        return new HeapState(memory);
    }
}
