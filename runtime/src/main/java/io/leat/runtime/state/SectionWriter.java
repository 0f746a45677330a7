package io.leat.runtime.state;

import io.leat.runtime.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A section of a snapshot while it is written: entries, each begun with {@link #entry}. One that has become long is handed over in blocks, so
 * that it never is in memory as a whole; nothing that is put at once is divided between two. One thread.
 */
public final class SectionWriter {
    /** From this length on a block is handed over. */
    public static final int BLOCK_BYTES = 64 << 10;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int INITIAL_BYTES = 64;

    private final Receiver receiver;
    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;
    private long entries;
    private int form = SectionForm.OWN;

    /** Takes what was written. */
    public interface Receiver {
        /**
         * @param bytes the first {@code length} of which count, and none behind this call
         * @param entries how many begin in them
         */
        void block(int form, byte[] bytes, int length, long entries);
    }

    /** One that stays in memory. */
    public SectionWriter() {
        this(null);
    }

    /**
     * @param receiver takes each block; null for none, so that everything stays in memory
     */
    public SectionWriter(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Says what the entries are, before the first one; without that, they are {@link SectionForm#OWN}. */
    public SectionWriter of(int newForm) {
        form = newForm;
        return this;
    }

    public int form() {
        return form;
    }

    /** Begins the next entry. */
    public void entry() {
        cut();
        entries++;
    }

    public void putByte(int value) {
        cut();
        room(1);
        bytes[length++] = (byte) value;
    }

    public void putInt(int value) {
        cut();
        writeInt(value);
    }

    private void writeInt(int value) {
        room(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    public void putLong(long value) {
        cut();
        room(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /** Writes bytes with their number before them. */
    public void putBytes(long address, int count) {
        cut();
        writeInt(count);
        room(count);
        Memory.copy(address, bytes, length, count);
        length += count;
    }

    /** Writes bytes with their number before them. */
    public void putBytes(byte[] from, int count) {
        cut();
        writeInt(count);
        putRaw(from, count);
    }

    private void putRaw(byte[] from, int count) {
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
        cut();
        putRaw(other.bytes, other.length);
        entries += other.entries;
        form = other.form;
    }

    private void cut() {
        if (length >= BLOCK_BYTES && receiver != null) {
            handOver();
        }
    }

    /** Hands over what is here, which may be nothing, and keeps no memory. Only for one that somebody receives. */
    public void flush() {
        handOver();
        bytes = new byte[INITIAL_BYTES];
    }

    private void handOver() {
        receiver.block(form, bytes, length, entries);
        length = 0;
        entries = 0;
    }

    /** How many bytes are here and were not handed over. */
    public int length() {
        return length;
    }

    private void room(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(needed, 2L * bytes.length)));
        }
    }

    /** How many entries are here. */
    public long entries() {
        return entries;
    }

    /** What is here. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
