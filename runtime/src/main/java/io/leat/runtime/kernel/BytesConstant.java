package io.leat.runtime.kernel;

import io.leat.runtime.memory.Memory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Text or bytes that a query names, at a fixed address for as long as the job runs. Immutable, safe from any thread. */
public final class BytesConstant implements AutoCloseable {
    private static final int PADDING = 16;

    private final ArrowBuf buffer;
    private final long address;
    private final int length;

    public BytesConstant(byte[] bytes, BufferAllocator allocator) {
        this.buffer = allocator.buffer(bytes.length + (long) PADDING);
        this.address = buffer.memoryAddress();
        this.length = bytes.length;
        Memory.copy(bytes, 0, address, length);
    }

    public long address() {
        return address;
    }

    public int length() {
        return length;
    }

    @Override
    public void close() {
        buffer.close();
    }
}
