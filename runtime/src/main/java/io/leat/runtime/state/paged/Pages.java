package io.leat.runtime.state.paged;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.StateStore;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Pages by number, in memory or in the store behind. A page that is touched is brought into memory; {@link #trim} sends others away,
 * those that have not been touched since it last came by them. A page whose one entry is larger than a page takes as much room as that.
 */
final class Pages implements AutoCloseable {
    private static final byte DIRTY = 1;
    private static final byte STORED = 2;
    private static final byte TOUCHED = 4;

    private final Supplier<StateStore> opener;
    private final PageFrames frames;
    private final long budget;
    private final BytesResult value;
    private final BytesResult rest;
    private final ArrowBuf storeKey;
    private final IntConsumer beforeEviction;
    private StateStore store;

    /** Where the pages are in memory; 0 for those that are not. */
    private long[] addresses = new long[16];

    private byte[] flags = new byte[16];
    /** What is known of pages that are not in memory: how many entries they have and how many bytes these take. */
    private int[] counts = new int[16];

    private int[] used = new int[16];
    /** Where a page stands among the hot ones; for a free number the next free one. */
    private int[] hotAt = new int[16];

    private int[] hot = new int[16];
    private int hotCount;
    private int hand;
    private int free = -1;
    private int numbers;
    private long hotBytes;

    /**
     * @param opener opens the store when it is first needed
     * @param budget bytes of pages that may stay in memory
     * @param beforeEviction is told of a page that is about to leave its place in memory
     */
    Pages(
            Supplier<StateStore> opener,
            BufferAllocator allocator,
            int pageBytes,
            long budget,
            IntConsumer beforeEviction) {
        this.opener = opener;
        this.frames = new PageFrames(allocator, pageBytes);
        this.budget = budget;
        this.beforeEviction = beforeEviction;
        this.value = new BytesResult(allocator);
        this.rest = new BytesResult(allocator);
        this.storeKey = allocator.buffer(Integer.BYTES);
    }

    int pageBytes() {
        return frames.pageBytes();
    }

    /** A new empty page in memory. */
    int create() {
        int page = free;
        if (page >= 0) {
            free = hotAt[page];
        } else {
            page = numbers++;
            if (page == flags.length) {
                growNumbers();
            }
        }
        flags[page] = DIRTY | TOUCHED;
        place(page, frames.take(frames.pageBytes()), frames.pageBytes());
        Page.clear(addresses[page], frames.pageBytes());
        return page;
    }

    private void growNumbers() {
        int larger = 2 * flags.length;
        addresses = Arrays.copyOf(addresses, larger);
        flags = Arrays.copyOf(flags, larger);
        counts = Arrays.copyOf(counts, larger);
        used = Arrays.copyOf(used, larger);
        hotAt = Arrays.copyOf(hotAt, larger);
    }

    private void place(int page, long address, int capacity) {
        addresses[page] = address;
        hotBytes += frames.size(capacity);
        if (hotCount == hot.length) {
            hot = Arrays.copyOf(hot, 2 * hotCount);
        }
        hot[hotCount] = page;
        hotAt[page] = hotCount++;
    }

    /** Where a page is in memory, until it is trimmed. */
    long touch(int page) {
        long address = addresses[page];
        if (address == 0) {
            return load(page);
        }
        flags[page] |= TOUCHED;
        return address;
    }

    private long load(int page) {
        if (!store.get(key(page), Integer.BYTES, value, rest)) {
            throw new IllegalStateException("the state store lost a page");
        }
        int capacity = Page.capacity(value.address());
        long address = frames.take(capacity);
        Memory.copy(value.address(), address, value.length());
        Memory.copy(rest.address(), address + value.length(), rest.length());
        place(page, address, capacity);
        flags[page] = STORED | TOUCHED;
        return address;
    }

    void changed(int page) {
        flags[page] |= DIRTY;
    }

    /** How many entries a page has, in memory or not. */
    int count(int page) {
        return addresses[page] == 0 ? counts[page] : Page.count(addresses[page]);
    }

    int used(int page) {
        return addresses[page] == 0 ? used[page] : Page.used(addresses[page]);
    }

    /** Gives an empty page in memory room for one entry that takes so many bytes, at least the usual room. */
    long resize(int page, int entryBytes) {
        int capacity = Math.max(frames.pageBytes(), Page.HEADER + entryBytes);
        long address = addresses[page];
        if (Page.capacity(address) != capacity) {
            leave(page);
            address = frames.take(capacity);
            place(page, address, capacity);
        }
        Page.clear(address, capacity);
        return address;
    }

    /** Lets two pages in memory change their contents. */
    void swap(int left, int right) {
        long address = addresses[left];
        addresses[left] = addresses[right];
        addresses[right] = address;
        changed(left);
        changed(right);
    }

    /** Forgets a page, wherever it is. */
    void drop(int page) {
        if (addresses[page] != 0) {
            leave(page);
        }
        if ((flags[page] & STORED) != 0) {
            store.remove(key(page), Integer.BYTES);
        }
        hotAt[page] = free;
        free = page;
    }

    private void leave(int page) {
        long address = addresses[page];
        int capacity = Page.capacity(address);
        hotBytes -= frames.size(capacity);
        frames.give(address, capacity);
        addresses[page] = 0;
        int at = hotAt[page];
        int last = hot[--hotCount];
        hot[at] = last;
        hotAt[last] = at;
    }

    /** Sends pages away until the others are within the budget; {@code lent} stays. */
    void trim(int lent) {
        while (hotBytes > budget && hotCount > 1) {
            hand = hand < hotCount ? hand : 0;
            int page = hot[hand];
            if (page == lent || (flags[page] & TOUCHED) != 0) {
                flags[page] &= ~TOUCHED;
                hand++;
            } else {
                evict(page);
            }
        }
    }

    boolean isOverBudget() {
        return hotBytes > budget;
    }

    private void evict(int page) {
        beforeEviction.accept(page);
        long address = addresses[page];
        counts[page] = Page.count(address);
        used[page] = Page.used(address);
        if ((flags[page] & DIRTY) != 0) {
            if (store == null) {
                store = opener.get();
            }
            int pageBytes = frames.pageBytes();
            int more = Page.capacity(address) - pageBytes;
            store.put(key(page), Integer.BYTES, address, pageBytes, address + pageBytes, more);
            flags[page] = STORED;
        }
        leave(page);
    }

    private long key(int page) {
        Memory.putInt(storeKey.memoryAddress(), page);
        return storeKey.memoryAddress();
    }

    /** Lets the store make room. */
    void endEpoch() {
        if (store != null) {
            store.endEpoch();
        }
    }

    int hotPages() {
        return hotCount;
    }

    boolean usesStore() {
        return store != null;
    }

    long bytes() {
        return frames.bytes();
    }

    @Override
    public void close() {
        frames.close();
        value.close();
        rest.close();
        storeKey.close();
        if (store != null) {
            store.close();
            store = null;
        }
    }
}
