package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A section of a snapshot while it is read, entry by entry, as {@link SectionWriter} wrote it. One thread. */
public final class SectionReader {
    private final byte[] bytes;
    private final long entries;
    private int at;
    private long begun;

    public SectionReader(byte[] bytes, long entries) {
        this.bytes = bytes;
        this.entries = entries;
    }

    /** Moves to the next entry; false if there is none. */
    public boolean next() {
        if (begun == entries) {
            return false;
        }
        begun++;
        return true;
    }

    /** How many entries there are in all. */
    public long entries() {
        return entries;
    }

    /** Whether every entry was read, to its end. */
    public boolean isRead() {
        return begun == entries && at == bytes.length;
    }

    public byte getByte() {
        if (at == bytes.length) {
            throw new IllegalStateException("a section of a snapshot is shorter than what it is read for");
        }
        return bytes[at++];
    }

    public int getInt() {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            value |= (getByte() & 0xFF) << shift;
        }
        return value;
    }

    public long getLong() {
        long low = getInt() & 0xFFFF_FFFFL;
        return low | (long) getInt() << Integer.SIZE;
    }

    /** Reads bytes into a place of their own. */
    public void getBytes(BytesResult into) {
        int count = count();
        into.clear();
        Memory.copy(bytes, at, into.reserve(count), count);
        into.length(count);
        at += count;
    }

    /** Reads bytes to an address, where there must be room for as many as were written. */
    public int getBytes(long address) {
        int count = count();
        Memory.copy(bytes, at, address, count);
        at += count;
        return count;
    }

    public byte[] getBytes() {
        int count = count();
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    /** Reads so many bytes, which were written without their number. */
    byte[] take(int count) {
        if (count > bytes.length - at) {
            throw new IllegalStateException("a section of a snapshot is shorter than what it is read for");
        }
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    public String getText() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    private int count() {
        int count = getInt();
        if (count < 0 || count > bytes.length - at) {
            throw new IllegalStateException("a section of a snapshot is shorter than what it is read for");
        }
        return count;
    }
}
