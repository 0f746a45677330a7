package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A section of a snapshot while it is read, entry by entry, as {@link SectionWriter} wrote it. Of its blocks one is in memory at a time. One
 * thread.
 */
public final class SectionReader {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final List<? extends SectionBlock> blocks;
    private final boolean more;
    private final long entries;
    private int nextBlock;
    private byte[] bytes = {};
    private int at;
    private long begun;

    public SectionReader(byte[] bytes, long entries) {
        this(List.of(SectionBlock.of(bytes, entries)), false);
    }

    /**
     * @param more whether it comes behind another section of its place
     */
    public SectionReader(List<? extends SectionBlock> blocks, boolean more) {
        this.blocks = blocks;
        this.more = more;
        this.entries = blocks.stream().mapToLong(SectionBlock::entries).sum();
    }

    /** Whether another section of its place came before: entries may be of what was there already. */
    public boolean isMore() {
        return more;
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
        return begun == entries && isAtEnd();
    }

    private boolean isAtEnd() {
        while (at == bytes.length && nextBlock < blocks.size()) {
            bytes = blocks.get(nextBlock++).read();
            at = 0;
        }
        return at == bytes.length;
    }

    /** Finds what was put at once: no block ends in the middle of it. */
    private void need(int count) {
        if (isAtEnd() && count > 0 || count > bytes.length - at) {
            throw new IllegalStateException("a section of a snapshot is shorter than what it is read for");
        }
    }

    public byte getByte() {
        need(1);
        return bytes[at++];
    }

    public int getInt() {
        need(Integer.BYTES);
        int value = (int) INT.get(bytes, at);
        at += Integer.BYTES;
        return value;
    }

    public long getLong() {
        need(Long.BYTES);
        long value = (long) LONG.get(bytes, at);
        at += Long.BYTES;
        return value;
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
        need(count);
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
