package io.leat.runtime.decode;

import io.leat.runtime.batch.Column;
import io.leat.runtime.kernel.Utf8;
import io.leat.runtime.memory.Memory;

/** Base of generated decoders of records that are one value each: a text, or bytes. */
public abstract class RawDecoder extends RecordDecoder {
    private final boolean lines;

    protected RawDecoder(DecoderContext context) {
        super(context);
        this.lines = !"false".equals(context.settings().get("lines"));
    }

    /** Reads the whole record as text. */
    protected final long readText(long address, int row, Column column) {
        long end = end(address);
        int length = length(address, end);
        if (!Utf8.isValid(address, length)) {
            return fail(RejectReason.BAD_UTF8, -1);
        }
        column.putBytes(row, address, length);
        return end + 1;
    }

    /** Reads the whole record as bytes. */
    protected final long readBinary(long address, int row, Column column) {
        long end = end(address);
        column.putBytes(row, address, length(address, end));
        return end + 1;
    }

    /** Passes over a record that nobody reads. */
    protected final long skip(long address) {
        return end(address) + 1;
    }

    private long end(long address) {
        int terminator = lines ? '\n' : 0;
        long at = address;
        while (Memory.getByte(at) != terminator) {
            at++;
        }
        return at;
    }

    private int length(long address, long end) {
        boolean carriageReturn = lines && end > address && Memory.getByte(end - 1) == '\r';
        return (int) (carriageReturn ? end - 1 - address : end - address);
    }
}
