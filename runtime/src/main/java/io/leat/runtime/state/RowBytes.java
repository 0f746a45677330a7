package io.leat.runtime.state;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.memory.Bits;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema;
import java.util.stream.IntStream;

/**
 * Rows at rest: some leaves of a batch as bytes without addresses. NULL bits, then the values that are not NULL in their order: fixed
 * ones as wide as their {@link Physical}, text and bytes behind their length (seven bits to a byte, lowest first).
 *
 * <p>Rows with the same values give the same bytes, so that a row to be retracted is found by its bytes. (-0.0 and 0.0 stay apart here,
 * since a row comes out as it went in; a {@link KeyBytes} makes them one.) Immutable.
 */
public final class RowBytes {
    private static final int MORE = 0x80;

    private final int[] leaves;
    private final Physical[] types;
    /** How far apart values of each leaf stand in a batch. */
    private final int[] widths;

    private final int nullBytes;

    /** Rows of these leaves of a schema, in this order. */
    public RowBytes(Schema schema, int... leaves) {
        this.leaves = leaves.clone();
        this.types = new Physical[leaves.length];
        this.widths = new int[leaves.length];
        for (int i = 0; i < leaves.length; i++) {
            types[i] = schema.leaves().get(leaves[i]).type().physical();
            widths[i] = Column.width(schema.leaves().get(leaves[i]).type());
        }
        this.nullBytes = (leaves.length + 7) >>> 3;
    }

    /** Rows of the leaves of {@code columns} columns of a schema, from {@code first} on. */
    public static RowBytes ofColumns(Schema schema, int first, int columns) {
        int from = schema.firstLeaf(first);
        int to = schema.firstLeaf(first + columns);
        return new RowBytes(schema, IntStream.range(from, to).toArray());
    }

    /** How many leaves a row has. */
    public int leaves() {
        return leaves.length;
    }

    /** Appends the bytes of a row of a batch of the schema. */
    public void pack(Batch from, int row, BytesResult out) {
        int nulls = out.length();
        long room = out.reserve(nulls + nullBytes);
        for (int i = 0; i < nullBytes; i++) {
            Memory.putByte(room + nulls + i, (byte) 0);
        }
        out.length(nulls + nullBytes);
        for (int i = 0; i < leaves.length; i++) {
            Column column = from.column(leaves[i]);
            if (column.isNull(row)) {
                Bits.set(out.address() + nulls, i);
            } else {
                pack(column, types[i], widths[i], row, out);
            }
        }
    }

    private static void pack(Column column, Physical type, int width, int row, BytesResult out) {
        switch (type) {
            case ROW -> {
                // Present: its fields are leaves of their own.
            }
            case BOOL -> out.append((byte) (column.getBoolean(row) ? 1 : 0));
            case BYTES -> {
                int length = column.bytesLength(row);
                int rest = length;
                for (; rest >= MORE; rest >>>= 7) {
                    out.append((byte) (rest | MORE));
                }
                out.append((byte) rest);
                out.append(column.bytesAddress(row), length);
            }
            default -> out.append(column.dataAddress() + (long) width * row, type.width());
        }
    }

    /**
     * Writes the row at an address into a batch, as leaf {@code firstLeaf} and those behind it, which have the types of the packed
     * ones. The caller counts the row.
     *
     * @return the address behind the row
     */
    public long unpack(long address, Batch into, int firstLeaf, int row) {
        long at = address + nullBytes;
        for (int i = 0; i < types.length; i++) {
            Column column = into.column(firstLeaf + i);
            if (Bits.isSet(address, i)) {
                column.putNull(row);
            } else {
                at = unpack(at, column, types[i], widths[i], row);
            }
        }
        return at;
    }

    /** Reads a leaf, which is not NULL and a number of 64 bits such as a time, of the row at an address. */
    public long readLong(long address, int leaf) {
        long at = address + nullBytes;
        for (int i = 0; i < leaf; i++) {
            if (!Bits.isSet(address, i)) {
                at += packedBytes(at, types[i]);
            }
        }
        return Memory.getLong(at);
    }

    /** Bytes that a value takes which begins here. */
    private static long packedBytes(long from, Physical type) {
        if (type != Physical.BYTES) {
            return type.width();
        }
        long at = from;
        long length = 0;
        int shift = 0;
        byte part;
        do {
            part = Memory.getByte(at++);
            length |= (part & MORE - 1L) << shift;
            shift += 7;
        } while (part < 0);
        return at + length - from;
    }

    private static long unpack(long from, Column column, Physical type, int width, int row) {
        switch (type) {
            case ROW -> column.putPresent(row);
            case BOOL -> column.putBoolean(row, Memory.getByte(from) != 0);
            case INT8 -> column.putByte(row, Memory.getByte(from));
            case INT16 -> column.putShort(row, Memory.getShort(from));
            case INT32 -> column.putInt(row, Memory.getInt(from));
            case FLOAT32 -> column.putFloat(row, Memory.getFloat(from));
            case FLOAT64 -> column.putDouble(row, Memory.getDouble(from));
            case INT64 -> {
                if (width == Physical.INT128.width()) {
                    column.putDecimal(row, Memory.getLong(from));
                } else {
                    column.putLong(row, Memory.getLong(from));
                }
            }
            case INT128 -> column.putDecimal(row, Memory.getLong(from + 8), Memory.getLong(from));
            case BYTES -> {
                long at = from;
                int length = 0;
                int shift = 0;
                byte part;
                do {
                    part = Memory.getByte(at++);
                    length |= (part & MORE - 1) << shift;
                    shift += 7;
                } while (part < 0);
                column.putBytes(row, at, length);
                return at + length;
            }
        }
        return from + type.width();
    }
}
