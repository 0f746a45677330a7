package io.leat.runtime.state;

import io.leat.runtime.memory.Memory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Text and bytes that entries of a table point to. Places are counted in units of eight bytes, so that an {@code int} reaches
 * 16 GiB. Bytes are freed all at once. Not thread-safe.
 */
public final class ByteArena implements AutoCloseable {
    private static final int UNIT_SHIFT = 3;
    private static final long INITIAL_BYTES = 1024;
    private static final int PIECE_BYTES = 1 << 20;
    /** Bytes past the end that may be read. */
    private static final int PADDING = 16;

    private final BufferAllocator allocator;
    private ArrowBuf buffer;
    private long base;
    private long capacity;
    private long used;

    public ByteArena(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Copies bytes in and returns their place. */
    public int add(long address, int length) {
        int place = reserve(length);
        Memory.copyShort(address, base + ((long) place << UNIT_SHIFT), length);
        return place;
    }

    /** Room for {@code length} bytes at the returned place. */
    public int reserve(int length) {
        long rounded = room(length);
        if (used + rounded > capacity) {
            grow(used + rounded);
        }
        long place = used >>> UNIT_SHIFT;
        if (place > Integer.MAX_VALUE) {
            throw new IllegalStateException("more than 16 GiB of text in one table");
        }
        used += rounded;
        return (int) place;
    }

    /** Bytes that a value of this length takes: a longer value of up to as many can be written over it. */
    public static long room(int length) {
        return (length + 7L) & ~7L;
    }

    /** Where the bytes at a place stand now; valid until the next {@link #add}. */
    public long address(int place) {
        return base + ((long) place << UNIT_SHIFT);
    }

    void save(SectionWriter out) {
        out.putLong(used);
        for (long at = 0; at < used; at += PIECE_BYTES) {
            out.putBytes(base + at, (int) Math.min(PIECE_BYTES, used - at));
        }
    }

    /** Takes over what was saved, each place being what it was; the arena is empty. */
    void restore(SectionReader in) {
        long saved = in.getLong();
        if (saved > capacity) {
            grow(saved);
        }
        while (used < saved) {
            used += in.getBytes(base + used);
        }
    }

    public long bytes() {
        return capacity;
    }

    public void clear() {
        used = 0;
    }

    private void grow(long needed) {
        long larger = Math.max(INITIAL_BYTES, Math.max(needed, 2 * capacity));
        ArrowBuf grown = allocator.buffer(larger + PADDING);
        if (buffer != null) {
            Memory.copy(base, grown.memoryAddress(), used);
            buffer.close();
        }
        buffer = grown;
        base = grown.memoryAddress();
        capacity = larger;
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
            base = 0;
            capacity = 0;
            used = 0;
        }
    }
}
