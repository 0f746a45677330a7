package io.leat.runtime.state;

import io.leat.runtime.memory.Memory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What became of the entries of a keyed state since it was saved last, so that the next time no more than that is saved. It begins with
 * a save, and is given up when it has become longer than what it is compared with: then everything is saved again. Not thread-safe.
 */
public final class ChangeLog implements AutoCloseable {
    /** The key was not there. */
    public static final byte ADDED = 0;
    /** The key was there, and has another value. */
    public static final byte REPLACED = 1;
    /** The key was there, and is gone. */
    public static final byte REMOVED = 2;

    private static final int HEADER = 1 + 2 * Integer.BYTES;
    private static final long INITIAL_BYTES = 4096;
    /** Shorter logs are never given up. */
    private static final long LEAST_LIMIT = 1 << 20;

    private final BufferAllocator allocator;
    private ArrowBuf buffer;
    private long used;
    private long changes;
    private boolean open;

    /** Receives a change; of a key that is gone the value has no bytes. */
    public interface Visitor {
        void change(byte kind, long key, int keyLength, long value, int valueLength);
    }

    public ChangeLog(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Whether it has every change since the last save. */
    public boolean isOpen() {
        return open;
    }

    /** Everything was saved, or every change: what comes now is noted. */
    public void begin() {
        open = true;
        used = 0;
        changes = 0;
    }

    /** Notes nothing from here on. */
    public void giveUp() {
        open = false;
        close();
    }

    /**
     * Notes a change, if the log is open.
     *
     * @param stateBytes how large the state is
     */
    public void note(byte kind, long key, int keyLength, long value, int valueLength, long stateBytes) {
        if (!open) {
            return;
        }
        long needed = used + HEADER + keyLength + valueLength;
        if (needed > Math.max(LEAST_LIMIT, stateBytes)) {
            giveUp();
            return;
        }
        if (buffer == null || needed > buffer.capacity()) {
            grow(needed);
        }
        long at = buffer.memoryAddress() + used;
        Memory.putByte(at, kind);
        Memory.putInt(at + 1, keyLength);
        Memory.putInt(at + 1 + Integer.BYTES, valueLength);
        Memory.copyShort(key, at + HEADER, keyLength);
        Memory.copyShort(value, at + HEADER + keyLength, valueLength);
        used = needed;
        changes++;
    }

    private void grow(long needed) {
        ArrowBuf grown = allocator.buffer(Math.max(INITIAL_BYTES, 2 * needed));
        if (buffer != null) {
            Memory.copy(buffer.memoryAddress(), grown.memoryAddress(), used);
            buffer.close();
        }
        buffer = grown;
    }

    /** All changes, in their order. */
    public void forEach(Visitor visitor) {
        long at = used == 0 ? 0 : buffer.memoryAddress();
        for (long change = 0; change < changes; change++) {
            int keyLength = Memory.getInt(at + 1);
            int valueLength = Memory.getInt(at + 1 + Integer.BYTES);
            long key = at + HEADER;
            visitor.change(Memory.getByte(at), key, keyLength, key + keyLength, valueLength);
            at = key + keyLength + valueLength;
        }
    }

    public long bytes() {
        return buffer == null ? 0 : buffer.capacity();
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
        used = 0;
        changes = 0;
    }
}
