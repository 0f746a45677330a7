package io.leat.runtime.operator.over;

import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.ByteArena;
import io.leat.runtime.state.KeyBytes;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/** The keys of the rows of a batch, and the order in which the rows stand by them; equal ones as they came. Filled again and again. */
final class KeyedBatch implements AutoCloseable {
    private final ByteArena arena;
    private int[] places = new int[64];
    private int[] lengths = new int[64];
    private int[] order = new int[64];
    private int[] spare = new int[64];
    private int size;

    KeyedBatch(BufferAllocator allocator) {
        this.arena = new ByteArena(allocator);
    }

    void clear() {
        arena.clear();
        size = 0;
    }

    /** Adds the key of the next row. */
    void add(KeyBytes key) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
            order = new int[2 * size];
            spare = new int[2 * size];
        }
        places[size] = arena.add(key.address(), key.length());
        lengths[size] = key.length();
        size++;
    }

    int size() {
        return size;
    }

    /** Valid until the next {@link #add}. */
    long address(int row) {
        return arena.address(places[row]);
    }

    int length(int row) {
        return lengths[row];
    }

    boolean startsWith(int row, long prefix, int prefixLength) {
        return lengths[row] >= prefixLength && Memory.equal(address(row), prefix, prefixLength);
    }

    /** Sorts the rows; {@link #row} then says which one is where. */
    void sort() {
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        for (int width = 1; width < size; width *= 2) {
            for (int from = 0; from < size; from += 2 * width) {
                merge(from, Math.min(from + width, size), Math.min(from + 2 * width, size));
            }
            int[] sorted = spare;
            spare = order;
            order = sorted;
        }
    }

    private void merge(int from, int middle, int to) {
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            boolean takesLeft = right == to || left < middle && compare(order[left], order[right]) <= 0;
            spare[at] = takesLeft ? order[left++] : order[right++];
        }
    }

    private int compare(int left, int right) {
        return Memory.compare(address(left), lengths[left], address(right), lengths[right]);
    }

    /** The row that is at this place in the order. */
    int row(int place) {
        return order[place];
    }

    @Override
    public void close() {
        arena.close();
    }
}
