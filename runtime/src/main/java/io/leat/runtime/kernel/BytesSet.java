package io.leat.runtime.kernel;

import io.leat.runtime.memory.Memory;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** The texts of an IN list. Immutable, safe from any thread. */
public final class BytesSet implements AutoCloseable {
    private final ArrowBuf buffer;
    /** Per slot the hash; 0 in an empty one. */
    private final long[] hashes;

    private final long[] addresses;
    private final int[] lengths;

    public BytesSet(List<byte[]> values, BufferAllocator allocator) {
        long bytes = values.stream().mapToLong(value -> value.length).sum();
        int slots = Integer.highestOneBit(Math.max(4, 2 * values.size())) * 2;
        this.buffer = allocator.buffer(bytes + Long.BYTES);
        this.hashes = new long[slots];
        this.addresses = new long[slots];
        this.lengths = new int[slots];
        long at = buffer.memoryAddress();
        for (byte[] value : values) {
            Memory.copy(value, 0, at, value.length);
            add(at, value.length);
            at += value.length;
        }
    }

    private void add(long address, int length) {
        long hash = hash(address, length);
        int slot = (int) hash & hashes.length - 1;
        while (hashes[slot] != 0) {
            slot = slot + 1 & hashes.length - 1;
        }
        hashes[slot] = hash;
        addresses[slot] = address;
        lengths[slot] = length;
    }

    private static long hash(long address, int length) {
        long hash = Hashing.hashBytes(address, length);
        return hash == 0 ? 1 : hash;
    }

    public boolean contains(long address, int length) {
        long hash = hash(address, length);
        for (int slot = (int) hash & hashes.length - 1; hashes[slot] != 0; slot = slot + 1 & hashes.length - 1) {
            if (hashes[slot] == hash && lengths[slot] == length && Memory.equal(addresses[slot], address, length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        buffer.close();
    }
}
