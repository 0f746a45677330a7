package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/** What the hot tables of one operator share: the store, opened at the first need, and how many entries may stay hot. */
final class StoreLink implements AutoCloseable {
    /** Bytes of a key before those of the group: slice, first window end, lane, kind. */
    static final int PREFIX_BYTES = 8 + 8 + 4 + 1;

    private final Supplier<StateStore> opener;
    private final BufferAllocator allocator;
    private final int hotEntries;
    private final BytesResult key;
    private final BytesResult value;
    private final BytesResult variable;
    private final LongSupplier entries;
    private final NotedGroups noted = new NotedGroups();
    private StateStore store;

    /**
     * @param hotEntries how many entries the operator's tables may hold together before they are emptied into the store
     * @param entries counts them
     */
    StoreLink(Supplier<StateStore> opener, BufferAllocator allocator, int hotEntries, LongSupplier entries) {
        this.opener = opener;
        this.allocator = allocator;
        this.hotEntries = hotEntries;
        this.entries = entries;
        this.key = new BytesResult(allocator);
        this.value = new BytesResult(allocator);
        this.variable = new BytesResult(allocator);
    }

    StateStore store() {
        if (store == null) {
            store = opener.get();
        }
        return store;
    }

    boolean isOpen() {
        return store != null;
    }

    /**
     * Whether groups are written to the store ahead of need: some had to go there, or soon will. Until then it would be work for nothing,
     * and far more than what is done with rows.
     */
    boolean isWritten() {
        return isOpen() || 2 * entries.getAsLong() > hotEntries;
    }

    int hotEntries() {
        return hotEntries;
    }

    /** What has changed and left memory since the last snapshot. */
    NotedGroups noted() {
        return noted;
    }

    BufferAllocator allocator() {
        return allocator;
    }

    BytesResult value() {
        return value;
    }

    BytesResult variable() {
        return variable;
    }

    /** Starts a store key; the caller appends the rest. */
    BytesResult key(long sliceStart, long firstEnd, int lane, byte kind) {
        key.clear();
        appendLong(sliceStart);
        appendLong(firstEnd);
        for (int shift = 0; shift < 32; shift += 8) {
            key.append((byte) (lane >>> shift));
        }
        key.append(kind);
        return key;
    }

    private void appendLong(long number) {
        for (int shift = 0; shift < 64; shift += 8) {
            key.append((byte) (number >>> shift));
        }
    }

    /** Whether a table that is full and wants to double must be emptied instead. */
    boolean mustEvict(KeyTable growing) {
        return entries.getAsLong() + growing.size() > hotEntries;
    }

    /** Closes the store, with all that is in it. */
    @Override
    public void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }

    /** Frees the rest. */
    void free() {
        key.close();
        value.close();
        variable.close();
    }
}
