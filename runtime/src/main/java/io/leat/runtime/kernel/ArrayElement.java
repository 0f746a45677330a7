package io.leat.runtime.kernel;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * One element of arrays at a time, as the only row of a column: for who learns the type of elements only when it runs, or has a way to
 * read or write a value of a column anyway. Owns its column. One thread.
 */
public final class ArrayElement implements AutoCloseable {
    private final Batch batch;
    private final Column column;
    private final Type type;
    private final int width;
    private final BytesResult bytes;
    private final Int128Result wide = new Int128Result();

    public ArrayElement(Type type, BufferAllocator allocator) {
        this.type = type;
        this.width = OrderedBytes.width(type.physical());
        this.bytes = new BytesResult(allocator);
        this.batch = new Batch(new Schema(List.of(Field.nullable("element", type))), 1, allocator);
        this.column = batch.column(0);
    }

    /** The column whose row 0 is the element. */
    public Column column() {
        return column;
    }

    /** Takes the element of an array that stands at an address; answers where the bytes behind it are. */
    public long read(long address) {
        if (OrderedBytes.isNull(address)) {
            column.putNull(0);
            return address + 1;
        }
        switch (type.physical()) {
            case BOOL -> column.putBoolean(0, OrderedBytes.readBoolean(address));
            case INT8 -> column.putByte(0, OrderedBytes.readInt(address));
            case INT16 -> column.putShort(0, OrderedBytes.readInt(address));
            case INT32 -> column.putInt(0, OrderedBytes.readInt(address));
            case INT64 -> putLong(OrderedBytes.readLong(address));
            case FLOAT32 -> column.putFloat(0, OrderedBytes.readFloat(address));
            case FLOAT64 -> column.putDouble(0, OrderedBytes.readDouble(address));
            case INT128 -> {
                OrderedBytes.readWide(address, wide);
                column.putDecimal(0, wide.high, wide.low);
            }
            case BYTES -> {
                OrderedBytes.readBytes(address, bytes);
                column.putBytes(0, bytes.address(), bytes.length());
            }
            case ROW -> throw new IllegalArgumentException("an array of rows");
        }
        return OrderedBytes.next(address, width);
    }

    private void putLong(long value) {
        if (type instanceof Type.DecimalType) {
            column.putDecimal(0, value);
        } else {
            column.putLong(0, value);
        }
    }

    /** Writes the element behind the elements that an array already has. */
    public void append(BytesResult array) {
        if (column.isNull(0)) {
            OrderedBytes.putNull(array, OrderedBytes.HIGH);
            return;
        }
        switch (type.physical()) {
            case BOOL -> OrderedBytes.put(array, column.getBoolean(0));
            case INT8, INT16, INT32 -> OrderedBytes.put(array, (int) column.getLong(0));
            case INT64 -> OrderedBytes.put(array, column.getLong(0));
            case FLOAT32 -> OrderedBytes.put(array, column.getFloat(0));
            case FLOAT64 -> OrderedBytes.put(array, column.getDouble(0));
            case INT128 -> OrderedBytes.put(array, column.getDecimalHigh(0), column.getLong(0));
            case BYTES -> OrderedBytes.put(array, column.bytesAddress(0), column.bytesLength(0));
            case ROW -> throw new IllegalArgumentException("an array of rows");
        }
    }

    @Override
    public void close() {
        batch.close();
        bytes.close();
    }
}
