package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Bytes outside the heap for tests. Closing fails if anything was leaked. Around every range lie digits, letters and spaces, so
 * that a kernel that looks past its range finds what could belong to it.
 */
final class OffHeap implements AutoCloseable {
    private static final String NEIGHBOURS = "9z 9Z. 7é";

    private final BufferAllocator allocator = new RootAllocator();
    private final List<ArrowBuf> buffers = new ArrayList<>();
    private final List<BytesResult> results = new ArrayList<>();

    /** A range of bytes as kernels take it. */
    record Span(long address, int length) {}

    Span text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    Span bytes(byte[] bytes) {
        byte[] neighbours = NEIGHBOURS.getBytes(StandardCharsets.UTF_8);
        ArrowBuf buffer = allocator.buffer(bytes.length + 2L * neighbours.length);
        buffers.add(buffer);
        long start = buffer.memoryAddress();
        Memory.copy(neighbours, 0, start, neighbours.length);
        Memory.copy(bytes, 0, start + neighbours.length, bytes.length);
        Memory.copy(neighbours, 0, start + neighbours.length + bytes.length, neighbours.length);
        return new Span(start + neighbours.length, bytes.length);
    }

    /** An empty result, closed with this. */
    BytesResult result() {
        BytesResult result = new BytesResult(allocator);
        results.add(result);
        return result;
    }

    static byte[] bytes(BytesResult result) {
        return Memory.toArray(result.address(), result.length());
    }

    /** The result as text, or null. */
    static String text(BytesResult result) {
        return result.isNull() ? null : new String(bytes(result), StandardCharsets.UTF_8);
    }

    /** Frees all ranges, which are many in a long test; results stay. */
    void free() {
        buffers.forEach(ArrowBuf::close);
        buffers.clear();
    }

    @Override
    public void close() {
        free();
        results.forEach(BytesResult::close);
        allocator.close();
    }
}
