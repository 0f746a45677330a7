package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.job.NodeSpec.SortKey;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema;
import java.util.List;

/**
 * Rows as bytes whose unsigned order is the order wanted: for each key a byte that puts NULLs at their end, then the value with its
 * sign turned and its highest byte first, text with an end mark; the bytes of a descending key are inverted.
 */
final class SortKeys {
    private static final byte ESCAPE = 0;
    private static final byte ESCAPED_ZERO = (byte) 0xFF;

    private final List<SortKey> keys;
    private final int[] leaves;

    SortKeys(Schema schema, List<SortKey> keys) {
        this.keys = keys;
        this.leaves =
                keys.stream().mapToInt(key -> schema.firstLeaf(key.column())).toArray();
    }

    /** Appends the key of a row. */
    void append(Batch batch, int row, BytesResult out) {
        for (int i = 0; i < leaves.length; i++) {
            Column column = batch.column(leaves[i]);
            SortKey key = keys.get(i);
            boolean isNull = column.isNull(row);
            out.append((byte) (isNull == key.nullsFirst() ? 0 : 1));
            if (isNull) {
                continue;
            }
            int start = out.length();
            appendValue(column, row, out);
            if (key.descending()) {
                for (int at = start; at < out.length(); at++) {
                    Memory.putByte(out.address() + at, (byte) ~Memory.getByte(out.address() + at));
                }
            }
        }
    }

    private static void appendValue(Column column, int row, BytesResult out) {
        Physical physical = column.type().physical();
        switch (physical) {
            case BOOL -> out.append((byte) (column.getBoolean(row) ? 1 : 0));
            case FLOAT32 -> appendDouble(column.getFloat(row), out);
            case FLOAT64 -> appendDouble(column.getDouble(row), out);
            case INT128 -> {
                appendLong(column.getDecimalHigh(row) ^ Long.MIN_VALUE, out);
                appendLong(column.getLong(row), out);
            }
            case BYTES -> {
                long address = column.bytesAddress(row);
                for (int i = 0; i < column.bytesLength(row); i++) {
                    byte value = Memory.getByte(address + i);
                    out.append(value);
                    if (value == ESCAPE) {
                        out.append(ESCAPED_ZERO);
                    }
                }
                out.append(ESCAPE);
                out.append((byte) 0);
            }
            default -> appendLong(column.getLong(row) ^ Long.MIN_VALUE, out);
        }
    }

    private static void appendDouble(double value, BytesResult out) {
        long bits = Double.doubleToRawLongBits(value + 0.0);
        appendLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE, out);
    }

    private static void appendLong(long value, BytesResult out) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.append((byte) (value >>> shift));
        }
    }
}
