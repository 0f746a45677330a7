package io.leat.runtime.decode;

import io.leat.runtime.batch.Column;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.memory.Memory;

/**
 * What a JSON decoder knows of syntax: blanks, names, commas, and values that nobody reads. Methods take the address of the first byte
 * and answer with the address behind what they read, or with {@link #fail}.
 */
public abstract class JsonSyntax extends RecordDecoder {
    final boolean lines;
    /** Reads names and texts. */
    final JsonText text;

    private final JsonSkip skip;
    private final UnknownFields unknownFields;
    private final boolean takesUnknown;
    /** The last name for which a record was rejected; empty if it is not remembered. */
    private String unknownName = "";

    /** The name that {@link #name} read. */
    protected long nameAt;

    protected int nameBytes;

    JsonSyntax(DecoderContext context) {
        super(context);
        this.lines = !"false".equals(context.settings().get("lines"));
        this.skip = new JsonSkip(lines);
        this.text = new JsonText(context.allocator());
        this.unknownFields = context.unknownFields();
        this.takesUnknown = "ignore".equals(context.settings().getOrDefault("unknown-fields", "ignore"));
    }

    /** The first byte at or behind the address that is no white space. */
    protected final long space(long address) {
        long at = address;
        while (true) {
            int c = Memory.getByte(at);
            if (c != ' ' && c != '\t' && c != '\r' && (lines || c != '\n')) {
                return at;
            }
            at++;
        }
    }

    /** Reads a member's name and the colon; answers with the address of the value. */
    protected final long name(long address) {
        if (Memory.getByte(address) != '"') {
            return fail(RejectReason.MALFORMED, -1);
        }
        long end = JsonScanner.stringEnd(address + 1);
        if (end < 0) {
            end = text.read(address + 1);
            if (end < 0) {
                return failed(end);
            }
            nameAt = text.address();
            nameBytes = text.length();
        } else {
            nameAt = address + 1;
            nameBytes = (int) (end - nameAt);
        }
        long at = end + 1;
        if (Memory.getByte(at) != ':') {
            at = space(at);
            if (Memory.getByte(at) != ':') {
                return fail(RejectReason.MALFORMED, -1);
            }
        }
        at++;
        return Memory.getByte(at) > ' ' ? at : space(at);
    }

    /** Where the value begins, given what follows the colon. */
    protected final long behindColon(long address) {
        return Memory.getByte(address) > ' ' ? address : space(address);
    }

    /** Reads the comma behind a member; answers with the address of the next member. */
    protected final long comma(long address) {
        if (Memory.getByte(address) != ',') {
            return fail(RejectReason.MALFORMED, -1);
        }
        long at = address + 1;
        return Memory.getByte(at) > ' ' ? at : space(at);
    }

    final long failed(long code) {
        RejectReason why = code == JsonScanner.BAD_UTF8
                ? RejectReason.BAD_UTF8
                : code == JsonScanner.TOO_DEEP ? RejectReason.TOO_DEEP : RejectReason.MALFORMED;
        return fail(why, -1);
    }

    /** Passes over a value of any kind, checking it. */
    protected final long skip(long address) {
        if (Memory.getByte(address) == '"') {
            long end = JsonScanner.stringEnd(address + 1);
            if (end > 0) {
                return end + 1;
            }
        }
        long end = skip.valueEnd(address);
        return end < 0 ? failed(end) : end;
    }

    /** A value that is not what the column takes: the record is rejected for it, or for its syntax if that is broken, too. */
    final long mismatch(long address, int leaf) {
        long end = skip(address);
        return end < 0 ? end : fail(RejectReason.TYPE_MISMATCH, leaf);
    }

    /**
     * The number of the name that {@link #name} read and no column has, to be added to that of the first such name.
     *
     * @param leaf the row value that it stands in; -1 for the record itself
     */
    protected final int unknownName(int leaf) {
        return unknownFields.number(
                leaf, leaf < 0 ? "" : schema.leaves().get(leaf).path(), nameAt, nameBytes);
    }

    /** Counts a value whose name no column has, and passes over it unless the table takes no such records. */
    protected final long unknown(int number, long address) {
        unknownFields.count(number);
        if (!takesUnknown) {
            unknownName = unknownFields.name(number);
            return fail(RejectReason.UNKNOWN_FIELD, -1);
        }
        return skip(address);
    }

    /** The name of a column comes once more, in a table that takes no such records. */
    protected final long duplicate() {
        return fail(RejectReason.DUPLICATE_KEY, -1);
    }

    /** A column that must have a value has none. */
    protected final void missing(int leaf) {
        fail(RejectReason.MISSING_VALUE, leaf);
    }

    final boolean takeNull(long address, int row, Column column) {
        if (!JsonScanner.isNull(address)) {
            return false;
        }
        column.putNull(row);
        return true;
    }

    @Override
    final String explain(RejectReason why) {
        return why == RejectReason.UNKNOWN_FIELD && !unknownName.isEmpty()
                ? "no column is called " + RowError.quote(unknownName)
                : super.explain(why);
    }

    @Override
    public void close() {
        text.close();
    }
}
