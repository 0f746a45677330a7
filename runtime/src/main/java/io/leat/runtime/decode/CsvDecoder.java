package io.leat.runtime.decode;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.batch.DoubleResult;
import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.batch.LongResult;
import io.leat.runtime.kernel.BooleanParser;
import io.leat.runtime.kernel.DecimalParser;
import io.leat.runtime.kernel.FloatParser;
import io.leat.runtime.kernel.NumberParser;
import io.leat.runtime.kernel.TimeParser;
import io.leat.runtime.kernel.Utf8;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Base of generated CSV decoders, which know which fields go to which columns. Records are those of RFC 4180 with any line end and
 * any delimiter; an empty field without quotes is NULL, one with quotes is the empty text.
 *
 * <p>Methods that read a field take the address of its first byte and answer with the address of the delimiter or line end behind
 * it; given the negative answer of an earlier failure they pass it on, so that generated code needs no test between fields.
 */
public abstract class CsvDecoder extends RecordDecoder {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final List<String> declared;
    private final String header;
    private final byte delimiter;
    private final byte quote;
    private final byte[] nullText;
    private final long delimiters;
    private final boolean lines;
    private final BytesResult unquoted;
    private final BytesResult binary;
    private final Zone zone;
    private final LongResult number = new LongResult();
    private final DoubleResult fraction = new DoubleResult();
    private final Int128Result wide = new Int128Result();
    private long fieldAt;
    private int fieldBytes;
    private boolean isNull;

    protected CsvDecoder(DecoderContext context) {
        super(context);
        this.declared = context.declared();
        this.header = context.settings().getOrDefault("header", "auto");
        this.delimiter =
                (byte) context.settings().getOrDefault("field-delimiter", ",").charAt(0);
        this.quote =
                (byte) context.settings().getOrDefault("quote-character", "\"").charAt(0);
        this.nullText = context.settings().getOrDefault("null-literal", "").getBytes(StandardCharsets.UTF_8);
        this.delimiters = ONES * (delimiter & 0xFF);
        this.lines = !"false".equals(context.settings().get("lines"));
        this.unquoted = new BytesResult(context.allocator());
        this.binary = new BytesResult(context.allocator());
        this.zone = context.zone();
    }

    /** Decodes the fields of a record from its first byte on; answers as {@link #lineEnd} does. */
    protected abstract long fields(long address, int row);

    @Override
    protected final long record(long address, int row) {
        int first = Memory.getByte(address);
        if (first == '\n' || first == '\r' && Memory.getByte(address + 1) == '\n') {
            return lines ? BLANK : fail(RejectReason.MALFORMED, -1);
        }
        return fields(address, row);
    }

    @Override
    protected final boolean isHeader(long address, RecordChunk chunk) {
        if (!header.equals("auto")) {
            return header.equals("true");
        }
        long at = address;
        for (int i = 0; i < declared.size(); i++) {
            at = field(i == 0 ? at : comma(at));
            if (at < 0) {
                return false;
            }
            String name = new String(Memory.toArray(fieldAt, fieldBytes), StandardCharsets.UTF_8);
            if (!name.strip().equalsIgnoreCase(declared.get(i))) {
                return false;
            }
        }
        return lineEnd(at) > 0;
    }

    // ---- structure
    // -----------------------------------------------------------------------------------------------------

    /** Passes the delimiter behind a field; answers with the address of the next field. */
    protected final long comma(long end) {
        if (end < 0) {
            return end;
        }
        return Memory.getByte(end) == delimiter ? end + 1 : fail(RejectReason.FIELD_COUNT, -1);
    }

    /** Passes the end of the record; answers with the address behind it. */
    protected final long lineEnd(long end) {
        if (end < 0) {
            return end;
        }
        long at = end;
        if (Memory.getByte(at) == '\r') {
            at++;
        }
        if (Memory.getByte(at) == '\n') {
            return lines || Memory.getByte(at + 1) == 0 ? (lines ? at + 1 : at + 2) : fail(RejectReason.MALFORMED, -1);
        }
        if (!lines && Memory.getByte(at) == 0) {
            return at + 1;
        }
        return fail(RejectReason.FIELD_COUNT, -1);
    }

    /** Passes over a field that nobody reads. */
    protected final long skip(long address) {
        return field(address);
    }

    /** Finds a field and, if it is quoted, what it says. */
    private long field(long address) {
        if (address < 0) {
            return address;
        }
        if (Memory.getByte(address) == quote) {
            return quotedField(address + 1);
        }
        long end = unquotedEnd(address);
        fieldAt = address;
        fieldBytes = (int) (end - address);
        isNull = fieldBytes == nullText.length && isNullText();
        return end;
    }

    private boolean isNullText() {
        for (int i = 0; i < nullText.length; i++) {
            if (Memory.getByte(fieldAt + i) != nullText[i]) {
                return false;
            }
        }
        return true;
    }

    private long unquotedEnd(long from) {
        long at = from;
        while (true) {
            long word = Memory.getLong(at);
            long delimited = word ^ delimiters;
            // Control characters are rare: stop at each and look what it is. The lowest mark is always right.
            long marks = (delimited - ONES & ~delimited | word - (ONES << 4) & ~word) & HIGHS;
            if (marks == 0) {
                at += 8;
                continue;
            }
            at += Long.numberOfTrailingZeros(marks) >>> 3;
            int c = Memory.getByte(at);
            if (c == delimiter || c == '\n' || c == 0 || c == '\r' && isLineEnd(at + 1)) {
                return at;
            }
            at++;
        }
    }

    private static boolean isLineEnd(long at) {
        return Memory.getByte(at) == '\n' || Memory.getByte(at) == 0;
    }

    private long quotedField(long from) {
        isNull = false;
        long at = from;
        while (Memory.getByte(at) != quote) {
            if (Memory.getByte(at) == 0) {
                return fail(RejectReason.MALFORMED, -1);
            }
            at++;
        }
        fieldAt = from;
        fieldBytes = (int) (at - from);
        if (Memory.getByte(at + 1) == quote) {
            at = doubledQuotes(from);
            if (at < 0) {
                return at;
            }
        }
        int after = Memory.getByte(at + 1);
        boolean ended = after == delimiter || after == '\n' || after == '\r' || after == 0;
        return ended ? at + 1 : fail(RejectReason.MALFORMED, -1);
    }

    /** Copies a field in which two quotes stand for one; answers with its closing quote. */
    private long doubledQuotes(long from) {
        unquoted.clear();
        long at = from;
        long plain = from;
        while (true) {
            int c = Memory.getByte(at);
            if (c == 0) {
                return fail(RejectReason.MALFORMED, -1);
            }
            if (c != quote) {
                at++;
                continue;
            }
            if (Memory.getByte(at + 1) != quote) {
                unquoted.append(plain, (int) (at - plain));
                fieldAt = unquoted.address();
                fieldBytes = unquoted.length();
                return at;
            }
            unquoted.append(plain, (int) (at + 1 - plain));
            at += 2;
            plain = at;
        }
    }

    // ---- values
    // --------------------------------------------------------------------------------------------------------

    protected final long readBoolean(long address, int row, Column column, int leaf) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            if (!BooleanParser.tryBoolean(fieldAt, fieldBytes, number)) {
                return fail(RejectReason.TYPE_MISMATCH, leaf);
            }
            column.putBoolean(row, number.value != 0);
        }
        return end;
    }

    protected final long readInt64(long address, int row, Column column, int leaf) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            if (!NumberParser.tryInt64(fieldAt, fieldBytes, number)) {
                return badNumber(leaf);
            }
            column.putLong(row, number.value);
        }
        return end;
    }

    protected final long readInt32(long address, int row, Column column, int leaf) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            if (!NumberParser.tryInt32(fieldAt, fieldBytes, number)) {
                return badNumber(leaf);
            }
            column.putInt(row, (int) number.value);
        }
        return end;
    }

    protected final long readInt16(long address, int row, Column column, int leaf) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            if (!NumberParser.tryInt16(fieldAt, fieldBytes, number)) {
                return badNumber(leaf);
            }
            column.putShort(row, (int) number.value);
        }
        return end;
    }

    protected final long readInt8(long address, int row, Column column, int leaf) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            if (!NumberParser.tryInt8(fieldAt, fieldBytes, number)) {
                return badNumber(leaf);
            }
            column.putByte(row, (int) number.value);
        }
        return end;
    }

    protected final long readFloat64(long address, int row, Column column, int leaf) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            if (!FloatParser.tryFloat64(fieldAt, fieldBytes, fraction)) {
                return badNumber(leaf);
            }
            column.putDouble(row, fraction.value);
        }
        return end;
    }

    protected final long readFloat32(long address, int row, Column column, int leaf) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            if (!FloatParser.tryFloat32(fieldAt, fieldBytes, fraction)) {
                return badNumber(leaf);
            }
            column.putFloat(row, (float) fraction.value);
        }
        return end;
    }

    protected final long readDecimal(long address, int row, Column column, int leaf, int precision, int scale) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            boolean exact = DecimalText.fits(fieldAt, fieldAt + fieldBytes, scale);
            if (!exact || !DecimalParser.tryDecimal(fieldAt, fieldBytes, precision, scale, number)) {
                return badNumber(leaf);
            }
            column.putDecimal(row, number.value);
        }
        return end;
    }

    protected final long readInt128(long address, int row, Column column, int leaf, int precision, int scale) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            boolean exact = DecimalText.fits(fieldAt, fieldAt + fieldBytes, scale);
            if (!exact || !DecimalParser.tryInt128(fieldAt, fieldBytes, precision, scale, wide)) {
                return badNumber(leaf);
            }
            column.putDecimal(row, wide.high, wide.low);
        }
        return end;
    }

    /** A text that is no number at all has the wrong type; a number that does not fit is out of range. */
    private long badNumber(int leaf) {
        boolean isNumber = FloatParser.tryFloat64(fieldAt, fieldBytes, fraction);
        boolean wantsWhole = schema.leaves().get(leaf).type() instanceof Type.IntegerType;
        boolean whole = isNumber && fraction.value == Math.rint(fraction.value);
        return fail(isNumber && (whole || !wantsWhole) ? RejectReason.OUT_OF_RANGE : RejectReason.TYPE_MISMATCH, leaf);
    }

    /** Text of at most {@code limit} characters. */
    protected final long readText(long address, int row, Column column, int leaf, int limit) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            if (!Utf8.isValid(fieldAt, fieldBytes)) {
                return fail(RejectReason.BAD_UTF8, -1);
            }
            if (fieldBytes > limit && Utf8.count(fieldAt, fieldBytes) > limit) {
                return fail(RejectReason.OUT_OF_RANGE, leaf);
            }
            column.putBytes(row, fieldAt, fieldBytes);
        }
        return end;
    }

    /** Bytes in base 64. */
    protected final long readBinary(long address, int row, Column column, int leaf) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            if (!fromBase64(fieldAt, fieldBytes, binary)) {
                return fail(RejectReason.TYPE_MISMATCH, leaf);
            }
            column.putBytes(row, binary.address(), binary.length());
        }
        return end;
    }

    protected final long readDate(long address, int row, Column column, int leaf) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            if (!TimeParser.tryDate(fieldAt, fieldBytes, number)) {
                return fail(RejectReason.TYPE_MISMATCH, leaf);
            }
            column.putInt(row, (int) number.value);
        }
        return end;
    }

    protected final long readTime(long address, int row, Column column, int leaf, int precision) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            if (!TimeParser.tryTime(fieldAt, fieldBytes, precision, number)) {
                return fail(RejectReason.TYPE_MISMATCH, leaf);
            }
            column.putLong(row, number.value);
        }
        return end;
    }

    protected final long readTimestamp(long address, int row, Column column, int leaf, int precision) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            if (!TimeParser.tryTimestamp(fieldAt, fieldBytes, precision, number)) {
                return fail(RejectReason.TYPE_MISMATCH, leaf);
            }
            column.putLong(row, number.value);
        }
        return end;
    }

    protected final long readInstant(long address, int row, Column column, int leaf, int precision) {
        long end = value(address, row, column);
        if (end > 0 && !isNull) {
            if (!TimeParser.tryInstant(fieldAt, fieldBytes, precision, zone, number)) {
                return fail(RejectReason.TYPE_MISMATCH, leaf);
            }
            column.putLong(row, number.value);
        }
        return end;
    }

    /** Finds a field; if it is NULL the column says so. */
    private long value(long address, int row, Column column) {
        long end = field(address);
        if (end > 0 && isNull) {
            column.putNull(row);
        }
        return end;
    }

    /** Whether a column that must have a value has one; fails otherwise. */
    protected final long required(long end, int row, Column column, int leaf) {
        return end > 0 && column.isNull(row) ? fail(RejectReason.MISSING_VALUE, leaf) : end;
    }

    @Override
    public void close() {
        unquoted.close();
        binary.close();
    }
}
