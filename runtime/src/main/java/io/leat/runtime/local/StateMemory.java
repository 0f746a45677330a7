package io.leat.runtime.local;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.state.StateStore;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;

/**
 * How much memory a job takes, and how much it may: buffers outside the heap, of which state has the most, and state stores. What a store takes
 * is known as it was at the end of its last epoch. Safe from any thread.
 */
final class StateMemory {
    /** Says that there is no limit. */
    static final long UNLIMITED = Long.MAX_VALUE;

    private final BufferAllocator allocator;
    private final long limit;
    private final AtomicLong stored = new AtomicLong();

    /**
     * @param allocator of all buffers of the job
     * @param limit in bytes, or {@link #UNLIMITED}
     */
    StateMemory(BufferAllocator allocator, long limit) {
        this.allocator = allocator;
        this.limit = limit;
    }

    /** Stores whose memory counts. */
    StateStore.Factory counted(StateStore.Factory stores) {
        return limit == UNLIMITED ? stores : new CountedStores(stores);
    }

    /** Whether three quarters are taken: who can wait with bringing more should. */
    boolean isTight() {
        return limit != UNLIMITED && used() > limit - limit / 4;
    }

    /** Whether the job takes more than it may. */
    boolean isExceeded() {
        return limit != UNLIMITED && used() > limit;
    }

    /**
     * What to end the job with when it takes more than it may.
     *
     * @param most what keeps the most
     */
    StateLimitException exceeded(String most) {
        return new StateLimitException("the job takes " + used()
                + " bytes of memory for what it keeps, more than the limit 'state.memory' of " + limit + "; " + most);
    }

    private long used() {
        return allocator.getAllocatedMemory() + stored.get();
    }

    private final class CountedStores implements StateStore.Factory {
        private final StateStore.Factory stores;

        CountedStores(StateStore.Factory stores) {
            this.stores = stores;
        }

        @Override
        public boolean isReady() {
            return stores.isReady();
        }

        @Override
        public StateStore open(String name, int keyBytes, int valueBytes) {
            return new CountedStore(stores.open(name, keyBytes, valueBytes));
        }
    }

    private final class CountedStore implements StateStore {
        private final StateStore store;
        private long counted;

        CountedStore(StateStore store) {
            this.store = store;
            count(store.bytes());
        }

        private void count(long bytes) {
            stored.addAndGet(bytes - counted);
            counted = bytes;
        }

        @Override
        public void put(long key, int keyLength, long value, int valueLength, long variable, int variableLength) {
            store.put(key, keyLength, value, valueLength, variable, variableLength);
        }

        @Override
        public boolean get(long key, int keyLength, BytesResult value, BytesResult variable) {
            return store.get(key, keyLength, value, variable);
        }

        @Override
        public void remove(long key, int keyLength) {
            store.remove(key, keyLength);
        }

        @Override
        public long size() {
            return store.size();
        }

        @Override
        public long bytes() {
            return store.bytes();
        }

        @Override
        public void reserve(long moreKeys) {
            store.reserve(moreKeys);
            count(store.bytes());
        }

        @Override
        public void endEpoch() {
            store.endEpoch();
            count(store.bytes());
        }

        @Override
        public void close() {
            store.close();
            count(0);
        }
    }
}
