package io.leat.runtime.operator;

import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.heap.HeapState;
import io.leat.runtime.state.heap.HeapStore;
import io.leat.runtime.state.paged.PagedState;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Opens the states of an operator for a test, and counts what is in all of them together. */
public final class CountedStates implements KeyedState.Factory {
    /** What states are: each must behave like the others. */
    public enum Kind {
        /** The reference. */
        TREE,
        PAGES,
        /** Pages of which nearly each call sends one away and brings another one back. */
        FEW_PAGES,
        /** Pages behind what an operator keeps in a form of its own. */
        BEHIND,
        /** The same where nearly each call sends something behind. */
        LITTLE_IN_FRONT
    }

    private final Kind kind;
    private final BufferAllocator allocator;
    private final List<KeyedState> opened = new ArrayList<>();

    public CountedStates(Kind kind, BufferAllocator allocator) {
        this.kind = kind;
        this.allocator = allocator;
    }

    @Override
    public KeyedState open(String name) {
        KeyedState state = switch (kind) {
            case TREE -> new HeapState(allocator);
            case PAGES, BEHIND, LITTLE_IN_FRONT ->
                new PagedState(HeapStore::new, allocator, PagedState.PAGE_BYTES, 64 << 20);
            case FEW_PAGES -> new PagedState(HeapStore::new, allocator, 256, 512);
        };
        opened.add(state);
        return state;
    }

    @Override
    public long bytesInFront() {
        return switch (kind) {
            case TREE, PAGES, FEW_PAGES -> 0;
            case BEHIND -> 64 << 20;
            case LITTLE_IN_FRONT -> 8 << 10;
        };
    }

    public long entries() {
        return opened.stream().mapToLong(KeyedState::entries).sum();
    }
}
