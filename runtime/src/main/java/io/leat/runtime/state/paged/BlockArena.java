package io.leat.runtime.state.paged;

import io.leat.runtime.memory.Memory;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Byte strings that come and go, outside the heap. A string is known by its place, in units of eight bytes; its room is a power of two
 * of them, and is used again when it is free. Not thread-safe.
 */
final class BlockArena implements AutoCloseable {
    private static final int UNIT_SHIFT = 3;
    private static final int LENGTH_BYTES = 4;
    private static final long INITIAL_BYTES = 4096;
    private static final int NONE = -1;

    private final BufferAllocator allocator;
    /** The first free block of each size, which holds the place of the next one. */
    private final int[] free = new int[Integer.SIZE];

    private ArrowBuf buffer;
    private long base;
    private long capacity;
    private long used;

    BlockArena(BufferAllocator allocator) {
        this.allocator = allocator;
        Arrays.fill(free, NONE);
    }

    /** Copies bytes in, which may be of this arena, and returns their place. */
    int add(long address, int length) {
        int size = sizeOf(length);
        int place = free[size];
        long from = address;
        if (place != NONE) {
            free[size] = Memory.getInt(base + ((long) place << UNIT_SHIFT));
        } else {
            boolean ours = address >= base && address < base + capacity;
            long offset = address - base;
            place = atEnd(size);
            from = ours ? base + offset : address;
        }
        long at = base + ((long) place << UNIT_SHIFT);
        Memory.putInt(at, length);
        Memory.copyShort(from, at + LENGTH_BYTES, length);
        return place;
    }

    private int atEnd(int size) {
        long needed = used + (1L << size + UNIT_SHIFT);
        if (needed > capacity) {
            grow(needed);
        }
        long place = used >>> UNIT_SHIFT;
        if (place > Integer.MAX_VALUE) {
            throw new IllegalStateException("more than 16 GiB of keys in the index of one state");
        }
        used = needed;
        return (int) place;
    }

    /** The power of two of units that hold a string. */
    private static int sizeOf(int length) {
        int units = length + LENGTH_BYTES + 7 >>> UNIT_SHIFT;
        return Integer.SIZE - Integer.numberOfLeadingZeros(units - 1);
    }

    void remove(int place) {
        int size = sizeOf(length(place));
        Memory.putInt(base + ((long) place << UNIT_SHIFT), free[size]);
        free[size] = place;
    }

    int length(int place) {
        return Memory.getInt(base + ((long) place << UNIT_SHIFT));
    }

    /** Where a string stands now; valid until the next {@link #add}. */
    long address(int place) {
        return base + ((long) place << UNIT_SHIFT) + LENGTH_BYTES;
    }

    long bytes() {
        return capacity;
    }

    private void grow(long needed) {
        long larger = Math.max(INITIAL_BYTES, Math.max(needed, 2 * capacity));
        ArrowBuf grown = allocator.buffer(larger);
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
            capacity = 0;
        }
    }
}
