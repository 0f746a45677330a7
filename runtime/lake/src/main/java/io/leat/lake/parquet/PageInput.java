package io.leat.lake.parquet;

import io.leat.runtime.connector.format.ColumnarInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of one column in one row group, in their order, some of them read ahead. */
final class PageInput extends InputStream {
    private static final int BUFFER_BYTES = 64 << 10;

    private final ColumnarInput input;
    private final long end;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();
    /** Where the byte behind the buffer stands in the file. */
    private long position;

    PageInput(ColumnarInput input, long start, long length) {
        this.input = input;
        this.position = start;
        this.end = start + length;
    }

    /** Where the next byte stands in the file. */
    long at() {
        return position - buffer.remaining();
    }

    long remaining() {
        return end - at();
    }

    @Override
    public int read() throws IOException {
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        return buffer.get() & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(into, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        buffer.clear();
        buffer.limit((int) Math.min(buffer.capacity(), end - position));
        position += input.read(position, buffer);
        buffer.flip();
        return buffer.hasRemaining();
    }

    /** Reads exactly so many bytes, large pieces past the buffer. */
    void readFully(byte[] into, int length) throws IOException {
        int count = Math.min(length, buffer.remaining());
        buffer.get(into, 0, count);
        if (count < length) {
            int read = input.read(position, ByteBuffer.wrap(into, count, length - count));
            position += read;
            if (read < length - count) {
                throw new EOFException("the file ends at byte " + position);
            }
        }
    }

    void skipFully(int length) {
        int buffered = Math.min(length, buffer.remaining());
        buffer.position(buffer.position() + buffered);
        position += length - buffered;
    }
}
