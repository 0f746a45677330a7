package io.leat.runtime.batch;

import io.leat.runtime.memory.Memory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Where a kernel that yields text or bytes puts its result: into room of its own, or as a view of bytes that stay valid for as
 * long as its inputs do. Generated code owns one per call site and reads {@link #address} and {@link #length} after the call;
 * the next call at the same site overwrites it. Not thread-safe.
 */
public final class BytesResult implements AutoCloseable {
    private static final int INITIAL_BYTES = 64;
    /** No value of the engine is larger: it is the limit of a record, too. */
    private static final int MAX_BYTES = 16 << 20;

    private final BufferAllocator allocator;
    private ArrowBuf buffer;
    private long room;
    private int capacity;
    private long address;
    private int length;

    public BytesResult(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    public long address() {
        return address;
    }

    /** Bytes of the result; meaningless when {@link #isNull}. */
    public int length() {
        return length;
    }

    public boolean isNull() {
        return length < 0;
    }

    public void setNull() {
        length = -1;
    }

    /** The result is the range itself, without a copy. */
    public void view(long from, int bytes) {
        address = from;
        length = bytes;
    }

    /** Starts a result of its own that is empty so far. */
    public void clear() {
        address = room;
        length = 0;
    }

    /**
     * Room for a result of up to {@code bytes} bytes, of which those written so far with {@link #append} are kept. Whoever
     * writes there directly says with {@link #length(int)} how long the result became.
     *
     * @throws IllegalArgumentException if the result would pass 16 MiB
     */
    public long reserve(int bytes) {
        if (bytes > capacity) {
            grow(bytes);
        }
        address = room;
        return room;
    }

    public void length(int bytes) {
        length = bytes;
    }

    public void append(long from, int bytes) {
        int needed = Math.addExact(length, bytes);
        if (needed > capacity) {
            grow(needed);
        }
        address = room;
        Memory.copyShort(from, room + length, bytes);
        length = needed;
    }

    public void append(byte[] from) {
        int needed = Math.addExact(length, from.length);
        if (needed > capacity) {
            grow(needed);
        }
        address = room;
        Memory.copy(from, 0, room + length, from.length);
        length = needed;
    }

    public void append(byte value) {
        if (length + 1 > capacity) {
            grow(length + 1);
        }
        address = room;
        Memory.putByte(room + length, value);
        length++;
    }

    private void grow(int needed) {
        if (needed > MAX_BYTES) {
            throw new IllegalArgumentException("a value of " + needed + " bytes passes the limit of " + MAX_BYTES);
        }
        int larger = Math.max(INITIAL_BYTES, Math.max(needed, (int) Math.min(MAX_BYTES, 2L * capacity)));
        ArrowBuf grown = allocator.buffer(larger + (long) Column.PADDING);
        if (buffer != null) {
            Memory.copy(room, grown.memoryAddress(), capacity);
            buffer.close();
        }
        buffer = grown;
        room = grown.memoryAddress();
        capacity = larger;
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
            capacity = 0;
        }
    }
}
