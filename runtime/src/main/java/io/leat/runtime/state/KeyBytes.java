package io.leat.runtime.state;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.kernel.Hashing;
import io.leat.runtime.memory.Memory;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Builds keys whose unsigned byte order is the order of the values in them. A value is a byte that puts NULLs at their end, then its
 * bytes with the sign turned and the highest one first; text and bytes have an end mark. The bytes of a descending value are inverted.
 * Equal values give equal bytes, -0.0 and 0.0 too, and no key of some parts is the beginning of another of the same parts.
 *
 * <p>Keys are not read back: what an operator emits stands in the value, as {@link RowBytes}. Owns its memory; not thread-safe.
 */
public final class KeyBytes implements AutoCloseable {
    private static final byte ESCAPE = 0;
    private static final byte ESCAPED_ZERO = (byte) 0xFF;
    private static final int SHORT = 4 << 10;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private final BytesResult bytes;

    public KeyBytes(BufferAllocator allocator) {
        this.bytes = new BytesResult(allocator);
    }

    /** Where the key stands; valid until it is changed. */
    public long address() {
        return bytes.address();
    }

    public int length() {
        return bytes.length();
    }

    /** Starts an empty key. */
    public void clear() {
        bytes.clear();
    }

    /** Cuts the key back to what it was when it had this length. */
    public void length(int length) {
        bytes.length(length);
    }

    /** Starts a key with the virtual partition of a hash. */
    public void partition(long hash) {
        bytes.clear();
        bytes.append((byte) Hashing.virtualPartition(hash));
    }

    /** Appends a byte as it is, for instance to keep kinds of entries apart. */
    public void appendByte(int value) {
        bytes.append((byte) value);
    }

    /** Appends bytes as they are, without end mark: nothing should follow them that is ordered by. */
    public void appendRaw(long address, int length) {
        bytes.append(address, length);
    }

    /** Appends a number that is never NULL, such as a time or the position of a row. */
    public void appendLong(long value) {
        number(value, Long.BYTES);
    }

    /** As {@link #appendLong}, the highest number first. */
    public void appendLongDescending(long value) {
        number(~value, Long.BYTES);
    }

    /** The number that {@link #appendLong} wrote at an address. */
    public static long readLong(long address) {
        return Long.reverseBytes(Memory.getLong(address)) ^ Long.MIN_VALUE;
    }

    /** Appends a value of a batch, NULLs first. A column of type {@code ROW} needs a call for each of its leaves. */
    public void append(Batch batch, int leaf, int row) {
        append(batch, leaf, row, false, true);
    }

    /** Appends a value of each of these leaves. */
    public void append(Batch batch, int[] leaves, int row) {
        for (int leaf : leaves) {
            append(batch, leaf, row);
        }
    }

    public void append(Batch batch, int leaf, int row, boolean descending, boolean nullsFirst) {
        Column column = batch.column(leaf);
        boolean isNull = column.isNull(row);
        bytes.append((byte) (isNull == nullsFirst ? 0 : 1));
        if (isNull) {
            return;
        }
        int start = bytes.length();
        value(column, row);
        if (descending) {
            invert(start);
        }
    }

    private void value(Column column, int row) {
        switch (column.type().physical()) {
            case ROW -> {
                // Present: its fields follow as leaves of their own.
            }
            case BOOL -> bytes.append((byte) (column.getBoolean(row) ? 1 : 0));
            case INT8 -> number(column.getLong(row), Byte.BYTES);
            case INT16 -> number(column.getLong(row), Short.BYTES);
            case INT32 -> number(column.getLong(row), Integer.BYTES);
            case INT64 -> number(column.getLong(row), Long.BYTES);
            case FLOAT32 -> {
                int bits = Float.floatToRawIntBits(column.getFloat(row) + 0.0f);
                number(bits < 0 ? ~bits ^ Integer.MIN_VALUE : bits, Integer.BYTES);
            }
            case FLOAT64 -> {
                long bits = Double.doubleToRawLongBits(column.getDouble(row) + 0.0);
                number(bits < 0 ? ~bits ^ Long.MIN_VALUE : bits, Long.BYTES);
            }
            case INT128 -> {
                number(column.getDecimalHigh(row), Long.BYTES);
                number(column.getLong(row) ^ Long.MIN_VALUE, Long.BYTES);
            }
            case BYTES -> marked(column.bytesAddress(row), column.bytesLength(row));
        }
    }

    /** The low bytes of a signed number, sign turned, highest first. */
    private void number(long value, int width) {
        int at = bytes.length();
        long room = bytes.reserve(at + Long.BYTES);
        Memory.putLong(room + at, Long.reverseBytes((value << (Long.SIZE - Byte.SIZE * width)) ^ Long.MIN_VALUE));
        bytes.length(at + width);
    }

    private void marked(long address, int length) {
        int start = bytes.length();
        // Of a long text it is worth knowing how many bytes will have to be escaped; mostly none.
        int escapes = length <= SHORT ? length : zeros(address, length);
        long to = bytes.reserve(Math.addExact(start, length + escapes + 2)) + start;
        long end = address + length;
        for (long at = address; at < end; ) {
            if (at + Long.BYTES <= end && !hasZero(Memory.getLong(at))) {
                Memory.putLong(to, Memory.getLong(at));
                at += Long.BYTES;
                to += Long.BYTES;
                continue;
            }
            byte value = Memory.getByte(at++);
            Memory.putByte(to++, value);
            if (value == ESCAPE) {
                Memory.putByte(to++, ESCAPED_ZERO);
            }
        }
        Memory.putByte(to++, ESCAPE);
        Memory.putByte(to++, (byte) 0);
        bytes.length((int) (to - bytes.address()));
    }

    private static int zeros(long address, int length) {
        int zeros = 0;
        for (int i = 0; i < length; i++) {
            zeros += Memory.getByte(address + i) == 0 ? 1 : 0;
        }
        return zeros;
    }

    private static boolean hasZero(long word) {
        return (word - LOW_BITS & ~word & HIGH_BITS) != 0;
    }

    private void invert(int start) {
        for (long at = bytes.address() + start; at < bytes.address() + bytes.length(); at++) {
            Memory.putByte(at, (byte) ~Memory.getByte(at));
        }
    }

    @Override
    public void close() {
        bytes.close();
    }
}
