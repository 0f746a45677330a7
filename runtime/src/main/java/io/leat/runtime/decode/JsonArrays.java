package io.leat.runtime.decode;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.kernel.ArrayElement;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.type.Type.VarcharType;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Reads JSON arrays of one type. An element is read as a value of a column is, into one of a single row; whatever is wrong with it is
 * wrong with the column of the array.
 */
final class JsonArrays implements AutoCloseable {
    /** What the elements of an array that was read take together, up to the last one. */
    private static final int MAX_BYTES = 8 << 20;

    private final JsonDecoder decoder;
    private final Type type;
    private final ArrayElement element;
    private final Column column;
    private final BytesResult array;
    /** Reads elements that are arrays; null if they are not. */
    private final JsonArrays inner;

    JsonArrays(JsonDecoder decoder, ArrayType arrays, BufferAllocator allocator) {
        this.decoder = decoder;
        this.type = arrays.element();
        this.element = new ArrayElement(type, allocator);
        this.column = element.column();
        this.array = new BytesResult(allocator);
        this.inner = type instanceof ArrayType arrayType ? new JsonArrays(decoder, arrayType, allocator) : null;
    }

    /** Reads the array whose bracket is just before the address. */
    long read(long address, int row, Column into, int leaf) {
        array.clear();
        long at = decoder.space(address);
        if (Memory.getByte(at) != ']') {
            at = elements(at, leaf);
        }
        if (at > 0) {
            into.putBytes(row, array.address(), array.length());
            return at + 1;
        }
        return at;
    }

    /** Reads one or more elements; answers with the address of the closing bracket. */
    private long elements(long address, int leaf) {
        long at = address;
        while (true) {
            at = element(at, leaf);
            if (at < 0) {
                return at;
            }
            if (!append()) {
                return decoder.fail(RejectReason.OUT_OF_RANGE, leaf);
            }
            at = decoder.space(at);
            if (Memory.getByte(at) == ']') {
                return at;
            }
            at = decoder.comma(at);
            if (at < 0) {
                return at;
            }
        }
    }

    /** Whether there was room for the element. */
    private boolean append() {
        if (array.length() > MAX_BYTES) {
            return false;
        }
        try {
            element.append(array);
            return true;
        } catch (RowError tooLarge) {
            return false;
        }
    }

    private long element(long at, int leaf) {
        if (type instanceof DecimalType decimal) {
            return decimal.precision() > DecimalType.MAX_LONG_PRECISION
                    ? decoder.readInt128(at, 0, column, leaf, decimal.precision(), decimal.scale())
                    : decoder.readDecimal(at, 0, column, leaf, decimal.precision(), decimal.scale());
        }
        if (type instanceof VarcharType text) {
            return decoder.readText(at, 0, column, leaf, text.length());
        }
        if (type instanceof Type.DateType) {
            return decoder.readDate(at, 0, column, leaf);
        }
        if (type instanceof TimeType time) {
            return decoder.readTime(at, 0, column, leaf, time.precision());
        }
        if (type instanceof TimestampType timestamp) {
            return timestamp.local()
                    ? decoder.readInstant(at, 0, column, leaf, timestamp.precision())
                    : decoder.readTimestamp(at, 0, column, leaf, timestamp.precision());
        }
        return switch (type.physical()) {
            case BOOL -> decoder.readBoolean(at, 0, column, leaf);
            case INT8 -> decoder.readInt8(at, 0, column, leaf);
            case INT16 -> decoder.readInt16(at, 0, column, leaf);
            case INT32 -> decoder.readInt32(at, 0, column, leaf);
            case INT64 -> decoder.readInt64(at, 0, column, leaf);
            case FLOAT32 -> decoder.readFloat32(at, 0, column, leaf);
            case FLOAT64 -> decoder.readFloat64(at, 0, column, leaf);
            case BYTES ->
                inner == null ? decoder.readBinary(at, 0, column, leaf) : decoder.readArray(at, 0, column, leaf, inner);
            case INT128, ROW -> throw new IllegalArgumentException("no array of " + type.sql() + " is read from JSON");
        };
    }

    @Override
    public void close() {
        element.close();
        array.close();
        if (inner != null) {
            inner.close();
        }
    }
}
