package io.leat.runtime.state.paged;

import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.StateStore;
import org.apache.arrow.memory.BufferAllocator;

/** Opens states in pages, with a store behind each of them when it is needed. */
public final class PagedStates implements KeyedState.Factory {
    /** What an entry is taken to need, with its share of a page. */
    private static final long ENTRY_BYTES = 64;
    /** A budget is some pages at least, or each call would move one. */
    private static final long MIN_PAGES = 2;

    private static final int MIN_PAGE_BYTES = 64;

    private final StateStore.Factory stores;
    private final BufferAllocator allocator;
    private final long hotBytes;
    private final int pageBytes;

    /**
     * @param hotEntries about how many entries a state may hold in memory
     */
    public PagedStates(StateStore.Factory stores, BufferAllocator allocator, int hotEntries) {
        this.stores = stores;
        this.allocator = allocator;
        this.hotBytes = Math.max(hotEntries * ENTRY_BYTES, MIN_PAGES * MIN_PAGE_BYTES);
        this.pageBytes = (int) Math.min(PagedState.PAGE_BYTES, hotBytes / MIN_PAGES & -Long.BYTES);
    }

    @Override
    public KeyedState open(String name) {
        return new PagedState(() -> stores.open(name, Integer.BYTES, pageBytes), allocator, pageBytes, hotBytes);
    }

    @Override
    public long bytesInFront() {
        return hotBytes;
    }
}
