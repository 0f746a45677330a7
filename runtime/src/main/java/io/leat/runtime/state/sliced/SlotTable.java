package io.leat.runtime.state.sliced;

import io.leat.runtime.memory.Memory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * An open hash table of numbers that are not 0, each beside its hash. What numbers stand for is compared by the caller, who walks from
 * {@link #first} by {@link #next} until a slot is empty. Nothing is removed but everything. Not thread-safe.
 */
final class SlotTable implements AutoCloseable {
    private static final int INITIAL_SLOTS = 32;

    private final BufferAllocator allocator;
    private ArrowBuf buffer;
    private long base;
    private int mask;
    private int used;

    SlotTable(BufferAllocator allocator) {
        this.allocator = allocator;
        allocate(INITIAL_SLOTS);
    }

    private void allocate(int slots) {
        buffer = allocator.buffer((long) slots * Long.BYTES);
        base = buffer.memoryAddress();
        mask = slots - 1;
        Memory.fill(base, (long) slots * Long.BYTES, (byte) 0);
    }

    int first(int hash) {
        return hash & mask;
    }

    int next(int slot) {
        return slot + 1 & mask;
    }

    /** What stands in a slot, with its hash; 0 if it is empty. */
    long at(int slot) {
        return Memory.getLong(base + ((long) slot << 3));
    }

    static boolean hasHash(long content, int hash) {
        return (int) (content >>> 32) == hash;
    }

    static int number(long content) {
        return (int) content;
    }

    /** Puts another number into a slot. */
    void set(int slot, int hash, int number) {
        Memory.putLong(base + ((long) slot << 3), (long) hash << 32 | number);
    }

    /** Puts a number into the empty slot at which a walk ended. */
    void add(int slot, int hash, int number) {
        set(slot, hash, number);
        used++;
        if (2 * used > mask) {
            grow();
        }
    }

    private void grow() {
        ArrowBuf before = buffer;
        long from = base;
        int slots = mask + 1;
        allocate(Math.multiplyExact(2, slots));
        for (int i = 0; i < slots; i++) {
            long content = Memory.getLong(from + ((long) i << 3));
            if (content != 0) {
                int slot = (int) (content >>> 32) & mask;
                while (at(slot) != 0) {
                    slot = next(slot);
                }
                Memory.putLong(base + ((long) slot << 3), content);
            }
        }
        before.close();
    }

    void clear() {
        Memory.fill(base, (long) (mask + 1) * Long.BYTES, (byte) 0);
        used = 0;
    }

    long bytes() {
        return buffer.capacity();
    }

    @Override
    public void close() {
        buffer.close();
    }
}
