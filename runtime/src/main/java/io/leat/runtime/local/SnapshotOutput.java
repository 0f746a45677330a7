package io.leat.runtime.local;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes a snapshot down in pieces, each with a checksum behind it. */
final class SnapshotOutput {
    private final OutputStream out;
    private final CRC32C sum = new CRC32C();
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    SnapshotOutput(OutputStream out) {
        this.out = new BufferedOutputStream(out, 64 << 10);
    }

    void putInt(int value) throws IOException {
        put(number.putInt(0, value).array(), Integer.BYTES);
    }

    void putLong(long value) throws IOException {
        put(number.putLong(0, value).array(), Long.BYTES);
    }

    void putBytes(byte[] value) throws IOException {
        putBytes(value, value.length);
    }

    void putBytes(byte[] value, int count) throws IOException {
        putInt(count);
        put(value, count);
    }

    void putText(String text) throws IOException {
        putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void put(byte[] bytes, int count) throws IOException {
        sum.update(bytes, 0, count);
        out.write(bytes, 0, count);
    }

    /** Ends a piece: with the checksum of all that came since the last one. */
    void checksum() throws IOException {
        out.write(number.putInt(0, (int) sum.getValue()).array(), 0, Integer.BYTES);
        sum.reset();
    }

    void flush() throws IOException {
        out.flush();
    }
}
