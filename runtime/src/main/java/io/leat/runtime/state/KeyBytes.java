package io.leat.runtime.state;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.kernel.Hashing;
import io.leat.runtime.kernel.OrderedBytes;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Builds keys whose unsigned byte order is the order of the values in them. A value is a byte that puts NULLs at their end, then its
 * bytes with the sign turned and the highest one first; text and bytes have an end mark. The bytes of a descending value are inverted.
 * Equal values give equal bytes, -0.0 and 0.0 too, and no key of some parts is the beginning of another of the same parts.
 *
 * <p>Keys are not read back: what an operator emits stands in the value, as {@link RowBytes}. Owns its memory; not thread-safe.
 */
public final class KeyBytes implements AutoCloseable {
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

    /** Appends a row as it is packed. */
    public void append(RowBytes codec, Batch batch, int row) {
        codec.pack(batch, row, bytes);
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
        return OrderedBytes.readBare(address);
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
            OrderedBytes.invertAll(bytes, start);
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
            case FLOAT32 -> number(OrderedBytes.ordered(column.getFloat(row)), Integer.BYTES);
            case FLOAT64 -> number(OrderedBytes.ordered(column.getDouble(row)), Long.BYTES);
            case INT128 -> {
                number(column.getDecimalHigh(row), Long.BYTES);
                number(column.getLong(row) ^ Long.MIN_VALUE, Long.BYTES);
            }
            case BYTES -> OrderedBytes.marked(bytes, column.bytesAddress(row), column.bytesLength(row));
        }
    }

    private void number(long value, int width) {
        OrderedBytes.number(bytes, value, width);
    }

    @Override
    public void close() {
        bytes.close();
    }
}
