package io.leat.runtime.batch;

import io.leat.runtime.memory.Bits;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema.Leaf;
import io.leat.runtime.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * One leaf column of a batch: validity bits and values as the Arrow format lays them out. Decimals take 16 bytes whatever
 * their precision; booleans are bits; bytes are 32-bit offsets and data.
 *
 * <p>Writing goes row by row, upwards: after {@link #reset} every row is NULL, and a put makes it a value. For bytes each row,
 * NULL too, must be finished with {@code putBytes} or {@code putNull} before the next one. Not thread-safe; owned by its batch.
 */
public final class Column implements AutoCloseable {
    /** Bytes past the end of the data that may be read, so that kernels can load whole words. */
    public static final int PADDING = 64;

    private static final long MAX_DATA_BYTES = 1L << 30;

    private final Leaf leaf;
    private final Physical physical;
    /** As {@link #width(Type)} of its type. */
    private final int width;

    private final int capacity;
    private final Batch owner;
    private final BufferAllocator allocator;
    private ArrowBuf validity;
    private ArrowBuf data;
    private ArrowBuf offsets;
    private long validityAddress;
    private long dataAddress;
    private long offsetsAddress;
    private long dataCapacity;

    Column(Leaf leaf, int capacity, Batch owner, BufferAllocator allocator) {
        this.leaf = leaf;
        this.owner = owner;
        this.physical = leaf.type().physical();
        this.width = width(leaf.type());
        this.capacity = capacity;
        this.allocator = allocator;
        allocate();
        reset();
    }

    /** Takes the buffers of {@code other}, which then owns none. */
    private Column(Column other, Batch owner) {
        this.leaf = other.leaf;
        this.owner = owner;
        this.physical = other.physical;
        this.width = other.width;
        this.capacity = other.capacity;
        this.allocator = other.allocator;
        this.validity = other.validity;
        this.data = other.data;
        this.offsets = other.offsets;
        other.validity = null;
        other.data = null;
        other.offsets = null;
        address();
    }

    private void allocate() {
        validity = allocator.buffer(Bits.bytes(capacity));
        data = physical == Physical.ROW ? null : allocator.buffer(initialDataBytes());
        offsets = physical == Physical.BYTES ? allocator.buffer(4L * (capacity + 1)) : null;
        address();
    }

    private long initialDataBytes() {
        return switch (physical) {
            case BOOL -> Bits.bytes(capacity);
            case BYTES -> 8L * capacity + PADDING;
            default -> (long) width * capacity + PADDING;
        };
    }

    /** Bytes that one value of this type takes in a batch; 0 for bits and bytes. */
    public static int width(Type type) {
        if (type instanceof Type.DecimalType) {
            return 16;
        }
        Physical physical = type.physical();
        return physical == Physical.BOOL || physical == Physical.BYTES ? 0 : physical.width();
    }

    private void address() {
        validityAddress = validity.memoryAddress();
        dataAddress = data == null ? 0 : data.memoryAddress();
        dataCapacity = data == null ? 0 : data.capacity() - PADDING;
        offsetsAddress = offsets == null ? 0 : offsets.memoryAddress();
    }

    /** Moves the values into a column of their own; this one gets fresh, empty buffers. */
    Column detach(Batch newOwner) {
        Column detached = new Column(this, newOwner);
        allocate();
        reset();
        return detached;
    }

    /** The values of the first rows in a column of their own. */
    Column copy(int rows, int newCapacity, Batch newOwner) {
        Column copied = new Column(leaf, newCapacity, newOwner, allocator);
        Memory.copy(validityAddress, copied.validityAddress, Bits.bytes(rows));
        switch (physical) {
            case ROW -> {
                // Only its validity is its own.
            }
            case BOOL -> Memory.copy(dataAddress, copied.dataAddress, Bits.bytes(rows));
            case BYTES -> {
                int bytes = dataBytes(rows);
                if (bytes > copied.dataCapacity) {
                    copied.grow(0, bytes);
                }
                Memory.copy(dataAddress, copied.dataAddress, bytes);
                Memory.copy(offsetsAddress, copied.offsetsAddress, 4L * (rows + 1));
            }
            default -> Memory.copy(dataAddress, copied.dataAddress, (long) width * rows);
        }
        return copied;
    }

    void reset() {
        Memory.fill(validityAddress, Bits.bytes(capacity), (byte) 0);
        if (physical == Physical.BOOL) {
            Memory.fill(dataAddress, Bits.bytes(capacity), (byte) 0);
        } else if (physical == Physical.BYTES) {
            if (dataCapacity >= Batch.FULL_BYTES) {
                // A batch of huge values is rare: its memory is not kept for the ones that follow.
                data.close();
                data = allocator.buffer(initialDataBytes());
                address();
            }
            Memory.putInt(offsetsAddress, 0);
        }
    }

    public Leaf leaf() {
        return leaf;
    }

    public Type type() {
        return leaf.type();
    }

    public long validityAddress() {
        return validityAddress;
    }

    public long dataAddress() {
        return dataAddress;
    }

    public long offsetsAddress() {
        return offsetsAddress;
    }

    ArrowBuf validityBuffer() {
        return validity;
    }

    ArrowBuf dataBuffer() {
        return data;
    }

    ArrowBuf offsetsBuffer() {
        return offsets;
    }

    /** Bytes of variable-width data in the first {@code rows} rows. */
    public int dataBytes(int rows) {
        return physical == Physical.BYTES ? Memory.getInt(offsetsAddress + 4L * rows) : 0;
    }

    // ---- writing
    // -------------------------------------------------------------------------------------------------------

    /** A row value that is present; its fields stand in the leaves that follow. */
    public void putPresent(int row) {
        Bits.set(validityAddress, row);
    }

    public void putBoolean(int row, boolean value) {
        Bits.set(validityAddress, row);
        Bits.put(dataAddress, row, value);
    }

    public void putByte(int row, int value) {
        Bits.set(validityAddress, row);
        Memory.putByte(dataAddress + row, (byte) value);
    }

    public void putShort(int row, int value) {
        Bits.set(validityAddress, row);
        Memory.putShort(dataAddress + ((long) row << 1), (short) value);
    }

    public void putInt(int row, int value) {
        Bits.set(validityAddress, row);
        Memory.putInt(dataAddress + ((long) row << 2), value);
    }

    public void putLong(int row, long value) {
        Bits.set(validityAddress, row);
        Memory.putLong(dataAddress + ((long) row << 3), value);
    }

    public void putFloat(int row, float value) {
        Bits.set(validityAddress, row);
        Memory.putFloat(dataAddress + ((long) row << 2), value);
    }

    public void putDouble(int row, double value) {
        Bits.set(validityAddress, row);
        Memory.putDouble(dataAddress + ((long) row << 3), value);
    }

    /** An unscaled decimal that fits a {@code long}. */
    public void putDecimal(int row, long unscaled) {
        putDecimal(row, unscaled >> 63, unscaled);
    }

    public void putDecimal(int row, long high, long low) {
        Bits.set(validityAddress, row);
        long at = dataAddress + ((long) row << 4);
        Memory.putLong(at, low);
        Memory.putLong(at + 8, high);
    }

    /** Copies bytes in. Writing a row again before the next one replaces its value. */
    public void putBytes(int row, long address, int length) {
        long slot = offsetsAddress + ((long) row << 2);
        int start = Memory.getInt(slot);
        if (start + (long) length > dataCapacity) {
            grow(start, start + (long) length);
        }
        Memory.copyShort(address, dataAddress + start, length);
        Memory.putInt(slot + 4, start + length);
        Bits.set(validityAddress, row);
    }

    /** As {@link #putBytes}, for bytes behind which seven more may be read, whatever they are. */
    public void putPadded(int row, long address, int length) {
        long slot = offsetsAddress + ((long) row << 2);
        int start = Memory.getInt(slot);
        if (start + (long) length > dataCapacity) {
            grow(start, start + (long) length);
        }
        Memory.copyWords(address, dataAddress + start, length);
        Memory.putInt(slot + 4, start + length);
        Bits.set(validityAddress, row);
    }

    /** Room for {@code length} bytes of this row at the returned address; {@link #finishBytes} then says how many were used. */
    public long reserveBytes(int row, int length) {
        int start = Memory.getInt(offsetsAddress + ((long) row << 2));
        if (start + (long) length > dataCapacity) {
            grow(start, start + (long) length);
        }
        return dataAddress + start;
    }

    public void finishBytes(int row, int length) {
        long slot = offsetsAddress + ((long) row << 2);
        Memory.putInt(slot + 4, Memory.getInt(slot) + length);
        Bits.set(validityAddress, row);
    }

    public void putBytes(int row, byte[] bytes) {
        long at = reserveBytes(row, bytes.length);
        Memory.copy(bytes, 0, at, bytes.length);
        finishBytes(row, bytes.length);
    }

    public void putText(int row, String text) {
        putBytes(row, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes the row NULL, also when it held a value. */
    public void putNull(int row) {
        Bits.clear(validityAddress, row);
        if (physical == Physical.BYTES) {
            long slot = offsetsAddress + ((long) row << 2);
            Memory.putInt(slot + 4, Memory.getInt(slot));
        }
    }

    private void grow(int used, long needed) {
        if (needed > MAX_DATA_BYTES) {
            throw new IllegalStateException("column " + leaf.path() + " of a batch would hold " + needed + " bytes");
        }
        ArrowBuf larger = allocator.buffer(Math.max(needed, 2 * dataCapacity) + PADDING);
        Memory.copy(dataAddress, larger.memoryAddress(), used);
        data.close();
        data = larger;
        dataAddress = larger.memoryAddress();
        dataCapacity = larger.capacity() - PADDING;
        owner.grown(dataCapacity);
    }

    /** Copies one row, NULL or not, from a column of the same type. */
    public void copy(Column from, int fromRow, int row) {
        if (from.isNull(fromRow)) {
            putNull(row);
            return;
        }
        switch (physical) {
            case ROW -> putPresent(row);
            case BOOL -> putBoolean(row, from.getBoolean(fromRow));
            case BYTES -> putBytes(row, from.bytesAddress(fromRow), from.bytesLength(fromRow));
            default -> {
                Bits.set(validityAddress, row);
                Memory.copyShort(from.dataAddress + (long) width * fromRow, dataAddress + (long) width * row, width);
            }
        }
    }

    // ---- reading
    // -------------------------------------------------------------------------------------------------------

    /** Whether two values of the same type are the same; NULL is the same as NULL. A row is looked at leaf by leaf. */
    public boolean isSame(int row, Column other, int otherRow) {
        if (isNull(row) || other.isNull(otherRow)) {
            return isNull(row) == other.isNull(otherRow);
        }
        return switch (type().physical()) {
            case ROW -> true;
            case BYTES ->
                bytesLength(row) == other.bytesLength(otherRow)
                        && Memory.equal(bytesAddress(row), other.bytesAddress(otherRow), bytesLength(row));
            case BOOL -> getBoolean(row) == other.getBoolean(otherRow);
            case FLOAT32 -> getFloat(row) == other.getFloat(otherRow);
            case FLOAT64 -> getDouble(row) == other.getDouble(otherRow);
            case INT128 ->
                getLong(row) == other.getLong(otherRow) && getDecimalHigh(row) == other.getDecimalHigh(otherRow);
            default -> getLong(row) == other.getLong(otherRow);
        };
    }

    public boolean isNull(int row) {
        return !Bits.isSet(validityAddress, row);
    }

    /** How many of the first {@code rows} rows are NULL. */
    public int nulls(int rows) {
        return rows - Bits.count(validityAddress, rows);
    }

    public boolean getBoolean(int row) {
        return Bits.isSet(dataAddress, row);
    }

    /** The value of an integer, date, time, timestamp or interval column, or the low half of a decimal. */
    public long getLong(int row) {
        return switch (physical) {
            case INT8 -> Memory.getByte(dataAddress + row);
            case INT16 -> Memory.getShort(dataAddress + ((long) row << 1));
            case INT32 -> Memory.getInt(dataAddress + ((long) row << 2));
            default -> Memory.getLong(dataAddress + (long) width * row);
        };
    }

    public float getFloat(int row) {
        return Memory.getFloat(dataAddress + ((long) row << 2));
    }

    public double getDouble(int row) {
        return Memory.getDouble(dataAddress + ((long) row << 3));
    }

    public long getDecimalHigh(int row) {
        return Memory.getLong(dataAddress + ((long) row << 4) + 8);
    }

    /** The decimal as an object: for edges of the system, not for loops over rows that matter. */
    public BigDecimal getDecimal(int row) {
        int scale = ((Type.DecimalType) leaf.type()).scale();
        long at = dataAddress + ((long) row << 4);
        long low = Memory.getLong(at);
        long high = Memory.getLong(at + 8);
        if (high == low >> 63) {
            return BigDecimal.valueOf(low, scale);
        }
        BigInteger unsignedLow = BigInteger.valueOf(low >>> 1).shiftLeft(1).or(BigInteger.valueOf(low & 1));
        return new BigDecimal(BigInteger.valueOf(high).shiftLeft(64).or(unsignedLow), scale);
    }

    public long bytesAddress(int row) {
        return dataAddress + Memory.getInt(offsetsAddress + ((long) row << 2));
    }

    public int bytesLength(int row) {
        long slot = offsetsAddress + ((long) row << 2);
        return Memory.getInt(slot + 4) - Memory.getInt(slot);
    }

    public byte[] getBytes(int row) {
        return Memory.toArray(bytesAddress(row), bytesLength(row));
    }

    public String getText(int row) {
        return new String(getBytes(row), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (validity != null) {
            validity.close();
            validity = null;
        }
        if (data != null) {
            data.close();
            data = null;
        }
        if (offsets != null) {
            offsets.close();
            offsets = null;
        }
    }
}
