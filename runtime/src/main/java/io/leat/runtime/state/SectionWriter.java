package io.leat.runtime.state;

import io.leat.runtime.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A section of a snapshot while it is written: entries, each begun with {@link #entry}. One thread. */
public final class SectionWriter {
    private byte[] bytes = new byte[64];
    private int length;
    private long entries;

    /** Begins the next entry. */
    public void entry() {
        entries++;
    }

    public void putByte(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    public void putInt(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            putByte(value >>> shift);
        }
    }

    public void putLong(long value) {
        putInt((int) value);
        putInt((int) (value >>> Integer.SIZE));
    }

    /** Writes bytes with their number before them. */
    public void putBytes(long address, int count) {
        putInt(count);
        room(count);
        Memory.copy(address, bytes, length, count);
        length += count;
    }

    /** Writes bytes with their number before them. */
    public void putBytes(byte[] from, int count) {
        putInt(count);
        room(count);
        System.arraycopy(from, 0, bytes, length, count);
        length += count;
    }

    public void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putBytes(utf8, utf8.length);
    }

    /** Writes bytes without their number. */
    void append(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    /** Writes the entries of another section behind those that are here. */
    void append(SectionWriter other) {
        room(other.length);
        System.arraycopy(other.bytes, 0, bytes, length, other.length);
        length += other.length;
        entries += other.entries;
    }

    int length() {
        return length;
    }

    private void room(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(needed, 2L * bytes.length)));
        }
    }

    public long entries() {
        return entries;
    }

    /** What was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
