package io.leat.runtime.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Reads what {@link SnapshotOutput} wrote, and refuses what is damaged, with the bytes where it is. */
final class SnapshotInput {
    private static final int MAX_ROOM = 1 << 20;

    private final InputStream in;
    private final long length;
    private final CRC32C sum = new CRC32C();
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
    private byte[] raw = {};
    private long position;
    private long begun;

    /**
     * @param length how many bytes there are
     */
    SnapshotInput(InputStream in, long length) {
        this.in = in;
        this.length = length;
    }

    int getInt() throws IOException {
        get(number.array(), Integer.BYTES);
        return number.getInt(0);
    }

    long getLong() throws IOException {
        get(number.array(), Long.BYTES);
        return number.getLong(0);
    }

    byte[] getBytes() throws IOException {
        int count = getCount();
        byte[] bytes = new byte[count];
        get(bytes, count);
        return bytes;
    }

    /** How many bytes follow. */
    int getCount() throws IOException {
        int count = getInt();
        need(count);
        return count;
    }

    /** So many bytes, and perhaps others behind them; the array is used again by the next call. */
    byte[] getRaw(int count) throws IOException {
        if (raw.length < count) {
            raw = new byte[Math.max(count, (int) Math.min(MAX_ROOM, 2L * raw.length))];
        }
        get(raw, count);
        return raw;
    }

    /** Where what comes next stands. */
    long position() {
        return position;
    }

    String getText() throws IOException {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    private void get(byte[] into, int count) throws IOException {
        need(count);
        if (in.readNBytes(into, 0, count) < count) {
            throw tooShort(position);
        }
        sum.update(into, 0, count);
        position += count;
    }

    private void need(int bytes) {
        if (bytes < 0 || length - position < bytes) {
            throw tooShort(position);
        }
    }

    private SnapshotException tooShort(long at) {
        return new SnapshotException("the snapshot is damaged: it ends at byte " + length
                + " in the middle of something that begins at " + at);
    }

    /** Ends a piece, the checksum of which follows. */
    void check() throws IOException {
        long end = position;
        int expected = (int) sum.getValue();
        int found = getInt();
        if (found != expected) {
            throw new SnapshotException("the snapshot is damaged: bytes " + begun + " to " + end + " have the checksum "
                    + Integer.toHexString(expected) + " and not " + Integer.toHexString(found));
        }
        begun = position;
        sum.reset();
    }

    /** Nothing follows. */
    void end() {
        if (position < length) {
            throw new SnapshotException("the snapshot is damaged: " + (length - position) + " bytes follow its end");
        }
    }
}
