package io.leat.runtime.state;

import io.leat.runtime.memory.Memory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The keys that a slice has in the store, in the order they came there: a store cannot list them by slice, and nothing scans it.
 * Each key is numbered from 0. Off-heap; one thread at a time.
 */
final class StoredKeys implements AutoCloseable {
    private static final int HEADER = 12;
    private static final long INITIAL_BYTES = 1024;

    private final BufferAllocator allocator;
    private ArrowBuf buffer;
    private long base;
    private long used;
    private int count;

    StoredKeys(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Adds a key and returns its number. */
    int add(long hash, long key, int length) {
        long needed = used + HEADER + length;
        if (buffer == null || needed > buffer.capacity()) {
            grow(needed);
        }
        Memory.putLong(base + used, hash);
        Memory.putInt(base + used + 8, length);
        Memory.copyShort(key, base + used + HEADER, length);
        used = needed;
        return count++;
    }

    int count() {
        return count;
    }

    long bytes() {
        return buffer == null ? 0 : buffer.capacity();
    }

    /** Visits all keys in the order of their numbers. */
    void forEach(Visitor visitor) {
        for (long at = 0; at < used; ) {
            int length = Memory.getInt(base + at + 8);
            visitor.key(Memory.getLong(base + at), base + at + HEADER, length);
            at += HEADER + length;
        }
    }

    interface Visitor {
        void key(long hash, long address, int length);
    }

    private void grow(long needed) {
        ArrowBuf larger =
                allocator.buffer(Math.max(INITIAL_BYTES, Math.max(needed, buffer == null ? 0 : 2 * buffer.capacity())));
        if (buffer != null) {
            Memory.copy(base, larger.memoryAddress(), used);
            buffer.close();
        }
        buffer = larger;
        base = larger.memoryAddress();
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
        used = 0;
        count = 0;
    }
}
