package io.leat.runtime.decode;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.batch.DoubleResult;
import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.batch.LongResult;
import io.leat.runtime.kernel.DecimalParser;
import io.leat.runtime.kernel.Digits;
import io.leat.runtime.kernel.FloatParser;
import io.leat.runtime.kernel.NumberParser;
import io.leat.runtime.kernel.TimeParser;
import io.leat.runtime.kernel.Utf8;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Type;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Base of generated JSON decoders, which know which names go to which columns. A record is one JSON object; names that no column
 * has are checked for syntax and passed over; of a name that comes twice the last value counts. Values are taken as they are and
 * never converted from another JSON type.
 *
 * <p>Methods that read a value take the address of its first byte and answer with the address behind it, or with {@link #fail}.
 */
public abstract class JsonDecoder extends RecordDecoder {
    /** Numbers of up to this many digits fit a {@code long}. */
    private static final int MAX_FAST_DIGITS = 18;

    /** A number that is not short, or no number. */
    private static final long NOT_SHORT = 0;

    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};

    private final boolean lines;
    private final JsonText text;
    private final JsonSkip skip;
    private final BytesResult binary;
    private final Zone zone;
    private final BufferAllocator allocator;
    /** Who reads the arrays of a leaf, by its number; null for leaves without. */
    private JsonArrays[] arrays = {};

    private boolean tookNull;
    private long unknownMembers;
    private final LongResult number = new LongResult();
    private final DoubleResult fraction = new DoubleResult();
    private final Int128Result wide = new Int128Result();

    /** The name that {@link #name} read. */
    protected long nameAt;

    protected int nameBytes;

    protected JsonDecoder(DecoderContext context) {
        super(context);
        this.lines = !"false".equals(context.settings().get("lines"));
        this.skip = new JsonSkip(lines);
        this.text = new JsonText(context.allocator());
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

    private long failed(long code) {
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
    private long mismatch(long address, int leaf) {
        long end = skip(address);
        return end < 0 ? end : fail(RejectReason.TYPE_MISMATCH, leaf);
    }

    /** Passes over a value whose name no column has. */
    protected final long unknown(long address) {
        unknownMembers++;
        return skip(address);
    }

    /** How many members had names that no column has. */
    public final long unknownMembers() {
        return unknownMembers;
    }

    /** A column that must have a value has none. */
    protected final void missing(int leaf) {
        fail(RejectReason.MISSING_VALUE, leaf);
    }

    private boolean takeNull(long address, int row, Column column) {
        if (!JsonScanner.isNull(address)) {
            return false;
        }
        column.putNull(row);
        return true;
    }

    // ---- values
    // --------------------------------------------------------------------------------------------------------

    protected final long readBoolean(long address, int row, Column column, int leaf) {
        if (JsonScanner.isTrue(address)) {
            column.putBoolean(row, true);
            return address + 4;
        }
        if (JsonScanner.isFalse(address)) {
            column.putBoolean(row, false);
            return address + 5;
        }
        return takeNull(address, row, column) ? address + 4 : mismatch(address, leaf);
    }

    protected final long readInt64(long address, int row, Column column, int leaf) {
        if (!startsNumber(address)) {
            return takeNull(address, row, column) ? address + 4 : mismatch(address, leaf);
        }
        long end = integer(address, leaf);
        if (end > 0) {
            column.putLong(row, number.value);
        }
        return end;
    }

    protected final long readInt32(long address, int row, Column column, int leaf) {
        if (!startsNumber(address)) {
            return takeNull(address, row, column) ? address + 4 : mismatch(address, leaf);
        }
        long end = integer(address, leaf);
        if (end > 0 && (int) number.value != number.value) {
            return fail(RejectReason.OUT_OF_RANGE, leaf);
        }
        if (end > 0) {
            column.putInt(row, (int) number.value);
        }
        return end;
    }

    protected final long readInt16(long address, int row, Column column, int leaf) {
        if (!startsNumber(address)) {
            return takeNull(address, row, column) ? address + 4 : mismatch(address, leaf);
        }
        long end = integer(address, leaf);
        if (end > 0 && (short) number.value != number.value) {
            return fail(RejectReason.OUT_OF_RANGE, leaf);
        }
        if (end > 0) {
            column.putShort(row, (int) number.value);
        }
        return end;
    }

    protected final long readInt8(long address, int row, Column column, int leaf) {
        if (!startsNumber(address)) {
            return takeNull(address, row, column) ? address + 4 : mismatch(address, leaf);
        }
        long end = integer(address, leaf);
        if (end > 0 && (byte) number.value != number.value) {
            return fail(RejectReason.OUT_OF_RANGE, leaf);
        }
        if (end > 0) {
            column.putByte(row, (int) number.value);
        }
        return end;
    }

    /** Reads a number without fraction and exponent into {@link #number}. */
    private long integer(long address, int leaf) {
        boolean negative = Memory.getByte(address) == '-';
        long start = negative ? address + 1 : address;
        long at = start;
        long value = 0;
        long digits = Memory.getLong(at) ^ Digits.ZEROS;
        while (Digits.areEight(digits) && at - start < MAX_FAST_DIGITS) {
            value = 100_000_000 * value + Digits.eight(digits);
            at += 8;
            digits = Memory.getLong(at) ^ Digits.ZEROS;
        }
        int rest = Digits.leading(digits);
        int c = Memory.getByte(at + rest);
        int all = (int) (at - start) + rest;
        boolean plain = all >= 1 && all <= MAX_FAST_DIGITS;
        if (!plain || c == '.' || (c | 0x20) == 'e' || Memory.getByte(start) == '0' && all > 1) {
            return slowInteger(address, leaf);
        }
        value = value * POWERS[rest] + Digits.first(digits, rest);
        number.value = negative ? -value : value;
        return at + rest;
    }

    private long slowInteger(long address, int leaf) {
        long end = JsonScanner.numberEnd(address);
        if (end < 0) {
            return failed(end);
        }
        for (long at = address; at < end; at++) {
            int c = Memory.getByte(at);
            if (c == '.' || c == 'e' || c == 'E') {
                return fail(RejectReason.TYPE_MISMATCH, leaf);
            }
        }
        return NumberParser.tryInt64(address, (int) (end - address), number)
                ? end
                : fail(RejectReason.OUT_OF_RANGE, leaf);
    }

    private static boolean startsNumber(long address) {
        int c = Memory.getByte(address);
        return c >= '0' && c <= '9' || c == '-';
    }

    protected final long readFloat64(long address, int row, Column column, int leaf) {
        long plainEnd = shortFraction(address);
        if (plainEnd != NOT_SHORT) {
            column.putDouble(row, fraction.value);
            return plainEnd;
        }
        long end = number(address, row, column, leaf);
        if (end > 0 && !tookNull) {
            if (!FloatParser.tryFloat64(address, (int) (end - address), fraction)) {
                return fail(RejectReason.OUT_OF_RANGE, leaf);
            }
            column.putDouble(row, fraction.value);
        }
        return end;
    }

    /**
     * Reads a number of at most seven digits before the point, and seven behind it, into {@link #fraction}. Both the digits and the power
     * of ten are exact in a {@code double}, so that one division rounds as it should.
     */
    private long shortFraction(long address) {
        boolean negative = Memory.getByte(address) == '-';
        long start = negative ? address + 1 : address;
        long word = Memory.getLong(start) ^ Digits.ZEROS;
        int whole = Digits.leading(word);
        if (whole == 0 || whole > 7 || whole > 1 && Memory.getByte(start) == '0') {
            return NOT_SHORT;
        }
        long digits = Digits.first(word, whole);
        long at = start + whole;
        int behind = 0;
        if (Memory.getByte(at) == '.') {
            word = Memory.getLong(at + 1) ^ Digits.ZEROS;
            behind = Digits.leading(word);
            if (behind == 0 || behind > 7) {
                return NOT_SHORT;
            }
            digits = digits * POWERS[behind] + Digits.first(word, behind);
            at += 1 + behind;
        }
        if ((Memory.getByte(at) | 0x20) == 'e') {
            return NOT_SHORT;
        }
        double value = (double) digits / POWERS[behind];
        // As everywhere, zero has no sign.
        fraction.value = negative ? 0.0 - value : value;
        return at;
    }

    protected final long readFloat32(long address, int row, Column column, int leaf) {
        long end = number(address, row, column, leaf);
        if (end > 0 && !tookNull) {
            if (!FloatParser.tryFloat32(address, (int) (end - address), fraction)) {
                return fail(RejectReason.OUT_OF_RANGE, leaf);
            }
            column.putFloat(row, (float) fraction.value);
        }
        return end;
    }

    protected final long readDecimal(long address, int row, Column column, int leaf, int precision, int scale) {
        long end = number(address, row, column, leaf);
        if (end > 0 && !tookNull) {
            boolean exact = DecimalText.fits(address, end, scale);
            if (!exact || !DecimalParser.tryDecimal(address, (int) (end - address), precision, scale, number)) {
                return fail(RejectReason.OUT_OF_RANGE, leaf);
            }
            column.putDecimal(row, number.value);
        }
        return end;
    }

    protected final long readInt128(long address, int row, Column column, int leaf, int precision, int scale) {
        long end = number(address, row, column, leaf);
        if (end > 0 && !tookNull) {
            boolean exact = DecimalText.fits(address, end, scale);
            if (!exact || !DecimalParser.tryInt128(address, (int) (end - address), precision, scale, wide)) {
                return fail(RejectReason.OUT_OF_RANGE, leaf);
            }
            column.putDecimal(row, wide.high, wide.low);
        }
        return end;
    }

    /** Finds the end of a number. */
    private long number(long address, int row, Column column, int leaf) {
        tookNull = false;
        if (!startsNumber(address)) {
            tookNull = takeNull(address, row, column);
            return tookNull ? address + 4 : mismatch(address, leaf);
        }
        long end = JsonScanner.numberEnd(address);
        return end < 0 ? failed(end) : end;
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
        text.close();
        binary.close();
        for (JsonArrays each : arrays) {
            if (each != null) {
                each.close();
            }
        }
    }
}
