package io.leat.runtime.state.paged;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Room for pages outside the heap: of the usual size, cut from larger pieces, or of the next power of two. It is used again when it is free. */
final class PageFrames implements AutoCloseable {
    private static final int FIRST_FRAMES = 4;
    private static final int MAX_FRAMES = 256;

    private final BufferAllocator allocator;
    private final int pageBytes;
    private final List<ArrowBuf> pieces = new ArrayList<>();
    /** Free addresses by size: the usual one is 0, the others are powers of two. */
    private final long[][] free = new long[Integer.SIZE][0];

    private final int[] freeCount = new int[Integer.SIZE];
    private int nextFrames = FIRST_FRAMES;
    private long bytes;

    PageFrames(BufferAllocator allocator, int pageBytes) {
        this.allocator = allocator;
        this.pageBytes = pageBytes;
    }

    int pageBytes() {
        return pageBytes;
    }

    /** Bytes that a page of this capacity takes. */
    int size(int capacity) {
        int size = sizeClass(capacity);
        return size == 0 ? pageBytes : 1 << size;
    }

    private int sizeClass(int capacity) {
        return capacity <= pageBytes ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(capacity - 1);
    }

    /** Room for a page of this capacity. */
    long take(int capacity) {
        int size = sizeClass(capacity);
        if (freeCount[size] == 0) {
            allocate(size);
        }
        return free[size][--freeCount[size]];
    }

    private void allocate(int size) {
        int frames = size == 0 ? nextFrames : 1;
        long frameBytes = size == 0 ? pageBytes : 1L << size;
        ArrowBuf piece = allocator.buffer(frames * frameBytes);
        pieces.add(piece);
        bytes += piece.capacity();
        for (int i = frames - 1; i >= 0; i--) {
            push(size, piece.memoryAddress() + i * frameBytes);
        }
        if (size == 0) {
            nextFrames = Math.min(MAX_FRAMES, 2 * nextFrames);
        }
    }

    /** Gives room back; its bytes stay as they are until it is taken again. */
    void give(long address, int capacity) {
        push(sizeClass(capacity), address);
    }

    private void push(int size, long address) {
        if (freeCount[size] == free[size].length) {
            free[size] = Arrays.copyOf(free[size], Math.max(FIRST_FRAMES, 2 * freeCount[size]));
        }
        free[size][freeCount[size]++] = address;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        pieces.forEach(ArrowBuf::close);
        pieces.clear();
        Arrays.fill(freeCount, 0);
        bytes = 0;
    }
}
