package io.leat.runtime.decode;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.kernel.TimeParser;
import io.leat.runtime.kernel.Utf8;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Type;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Base of generated JSON decoders, which know which names go to which columns. A record is one JSON object; names that no column
 * has are counted, checked for syntax and passed over, and of a name that comes twice the last value counts, unless the table takes no
 * such records. Values are taken as they are and never converted from another JSON type.
 *
 * <p>Methods that read a value take the address of its first byte and answer with the address behind it, or with {@link #fail}.
 */
public abstract class JsonDecoder extends JsonNumbers {
    private final BytesResult binary;
    private final Zone zone;
    private final BufferAllocator allocator;
    /** Who reads the arrays of a leaf, by its number; null for leaves without. */
    private JsonArrays[] arrays = {};

    private boolean tookNull;

    protected JsonDecoder(DecoderContext context) {
        super(context);
        this.binary = new BytesResult(context.allocator());
        this.zone = context.zone();
        this.allocator = context.allocator();
    }

    /** Decodes the object whose brace is just before the address; answers with the address behind its closing brace. */
    protected abstract long object(long address, int row);

    /** Prepares the row: columns of variable width need an end even if the record has no value for them. */
    protected void begin(int row) {}

    /** Checks what the record did not say; true if the row is complete. */
    protected boolean end(int row) {
        return true;
    }

    @Override
    protected final long record(long address, int row) {
        long at = Memory.getByte(address) > ' ' ? address : space(address);
        int first = Memory.getByte(at);
        if (first != '{') {
            return first == (lines ? '\n' : 0) ? BLANK : notAnObject(at);
        }
        begin(row);
        at = object(at + 1, row);
        if (at < 0) {
            return at;
        }
        if (Memory.getByte(at) <= ' ') {
            at = space(at);
        }
        if (Memory.getByte(at) != (lines ? '\n' : 0)) {
            return fail(RejectReason.MALFORMED, -1);
        }
        return end(row) ? at + 1 : -1;
    }

    @Override
    protected final long image(long address, int row) {
        begin(row);
        long end = object(address + 1, row);
        return end < 0 || end(row) ? end : -1;
    }

    private long notAnObject(long at) {
        long end = skip(at);
        return end < 0 ? end : fail(RejectReason.NOT_AN_OBJECT, -1);
    }

    /** Text of at most {@code limit} characters. */
    protected final long readText(long address, int row, Column column, int leaf, int limit) {
        if (Memory.getByte(address) == '"') {
            long end = JsonScanner.stringEnd(address + 1);
            int length = (int) (end - address - 1);
            if (end > 0 && length <= limit) {
                column.putPadded(row, address + 1, length);
                return end + 1;
            }
        }
        return slowText(address, row, column, leaf, limit);
    }

    private long slowText(long address, int row, Column column, int leaf, int limit) {
        long end = string(address, row, column, leaf);
        if (end > 0 && !tookNull) {
            if (text.length() > limit && Utf8.count(text.address(), text.length()) > limit) {
                return fail(RejectReason.OUT_OF_RANGE, leaf);
            }
            column.putBytes(row, text.address(), text.length());
        }
        return end;
    }

    /** Bytes in base 64. */
    protected final long readBinary(long address, int row, Column column, int leaf) {
        long end = string(address, row, column, leaf);
        if (end > 0 && !tookNull) {
            if (!fromBase64(text.address(), text.length(), binary)) {
                return fail(RejectReason.TYPE_MISMATCH, leaf);
            }
            column.putBytes(row, binary.address(), binary.length());
        }
        return end;
    }

    protected final long readDate(long address, int row, Column column, int leaf) {
        long end = string(address, row, column, leaf);
        if (end > 0 && !tookNull) {
            if (!TimeParser.tryDate(text.address(), text.length(), number)) {
                return fail(RejectReason.TYPE_MISMATCH, leaf);
            }
            column.putInt(row, (int) number.value);
        }
        return end;
    }

    protected final long readTime(long address, int row, Column column, int leaf, int precision) {
        long end = string(address, row, column, leaf);
        if (end > 0 && !tookNull) {
            if (!TimeParser.tryTime(text.address(), text.length(), precision, number)) {
                return fail(RejectReason.TYPE_MISMATCH, leaf);
            }
            column.putLong(row, number.value);
        }
        return end;
    }

    protected final long readTimestamp(long address, int row, Column column, int leaf, int precision) {
        long end = string(address, row, column, leaf);
        if (end > 0 && !tookNull) {
            if (!TimeParser.tryTimestamp(text.address(), text.length(), precision, number)) {
                return fail(RejectReason.TYPE_MISMATCH, leaf);
            }
            column.putLong(row, number.value);
        }
        return end;
    }

    protected final long readInstant(long address, int row, Column column, int leaf, int precision) {
        long end = string(address, row, column, leaf);
        if (end > 0 && !tookNull) {
            if (!TimeParser.tryInstant(text.address(), text.length(), precision, zone, number)) {
                return fail(RejectReason.TYPE_MISMATCH, leaf);
            }
            column.putLong(row, number.value);
        }
        return end;
    }

    /** Reads a string into {@link #text}. */
    private long string(long address, int row, Column column, int leaf) {
        tookNull = false;
        if (Memory.getByte(address) != '"') {
            tookNull = takeNull(address, row, column);
            return tookNull ? address + 4 : mismatch(address, leaf);
        }
        long end = text.read(address + 1);
        return end < 0 ? failed(end) : end + 1;
    }

    /** An array of values, of which each may be NULL. */
    protected final long readArray(long address, int row, Column column, int leaf) {
        if (arrays.length <= leaf) {
            arrays = Arrays.copyOf(arrays, leaf + 1);
        }
        if (arrays[leaf] == null) {
            arrays[leaf] = new JsonArrays(this, (Type.ArrayType) column.type(), allocator);
        }
        return readArray(address, row, column, leaf, arrays[leaf]);
    }

    final long readArray(long address, int row, Column column, int leaf, JsonArrays reader) {
        if (Memory.getByte(address) == '[') {
            return reader.read(address + 1, row, column, leaf);
        }
        return takeNull(address, row, column) ? address + 4 : mismatch(address, leaf);
    }

    /**
     * Begins a row value: answers with the address of its first member, or with 0 if it is NULL. A row that comes twice starts
     * anew.
     *
     * @param leaf the first of its {@code leaves} leaves, which says whether it is there
     */
    protected final long readRow(long address, int row, Batch batch, int leaf, int leaves) {
        Column presence = batch.column(leaf);
        if (!presence.isNull(row)) {
            for (int i = leaf; i < leaf + leaves; i++) {
                batch.column(i).putNull(row);
            }
        }
        if (Memory.getByte(address) == '{') {
            presence.putPresent(row);
            return address + 1;
        }
        return JsonScanner.isNull(address) ? 0 : mismatch(address, leaf);
    }

    @Override
    public void close() {
        super.close();
        binary.close();
        for (JsonArrays each : arrays) {
            if (each != null) {
                each.close();
            }
        }
    }
}
