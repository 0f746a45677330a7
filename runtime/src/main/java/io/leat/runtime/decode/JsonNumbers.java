package io.leat.runtime.decode;

import io.leat.runtime.batch.Column;
import io.leat.runtime.batch.DoubleResult;
import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.batch.LongResult;
import io.leat.runtime.kernel.DecimalParser;
import io.leat.runtime.kernel.Digits;
import io.leat.runtime.kernel.FloatParser;
import io.leat.runtime.kernel.NumberParser;
import io.leat.runtime.memory.Memory;

/** What a JSON decoder knows of numbers, {@code true} and {@code false}. Short numbers, which most are, take no second look. */
public abstract class JsonNumbers extends JsonSyntax {
    /** Numbers of up to this many digits fit a {@code long}. */
    private static final int MAX_FAST_DIGITS = 18;

    /** A number that is not short, or no number. */
    private static final long NOT_SHORT = 0;

    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};

    /** What the last value is as a whole number. */
    final LongResult number = new LongResult();

    private boolean tookNull;
    private final DoubleResult fraction = new DoubleResult();
    private final Int128Result wide = new Int128Result();

    JsonNumbers(DecoderContext context) {
        super(context);
    }

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
}
