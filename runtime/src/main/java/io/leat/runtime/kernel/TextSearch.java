package io.leat.runtime.kernel;

import io.leat.runtime.memory.Memory;

/**
 * Text in text: POSITION, LOCATE, CONTAINS, STARTS_WITH, ENDS_WITH. Positions count code points from 1; 0 means not found. Empty
 * text is found everywhere. Never fails, allocates nothing.
 */
public final class TextSearch {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private TextSearch() {}

    /** POSITION(part IN text), STRPOS(text, part). */
    public static int position(long address, int length, long part, int partLength) {
        int found = find(address, length, part, partLength, 0);
        return found < 0 ? 0 : Utf8.count(address, found) + 1;
    }

    /** LOCATE(part, text, start): the first position from {@code start} on; 0 for a start outside the text. */
    public static int locate(long part, int partLength, long address, int length, long start) {
        if (start < 1 || start > (long) length + 1) {
            return 0;
        }
        long from = Utf8.skip(address, address + length, start - 1);
        if (from == address + length && Utf8.count(address, length) < start - 1) {
            return 0;
        }
        int found = find(address, length, part, partLength, (int) (from - address));
        return found < 0 ? 0 : Utf8.count(address, found) + 1;
    }

    public static boolean contains(long address, int length, long part, int partLength) {
        return find(address, length, part, partLength, 0) >= 0;
    }

    public static boolean startsWith(long address, int length, long part, int partLength) {
        return partLength <= length && Memory.equal(address, part, partLength);
    }

    public static boolean endsWith(long address, int length, long part, int partLength) {
        return partLength <= length && Memory.equal(address + length - partLength, part, partLength);
    }

    /** The offset in bytes of the first occurrence at or behind {@code from}, or -1. */
    static int find(long address, int length, long part, int partLength, int from) {
        if (partLength == 0) {
            return from;
        }
        int first = Memory.getByte(part);
        int last = length - partLength;
        int at = from;
        while (at <= last) {
            at = findByte(address, last + 1, first, at);
            if (at < 0) {
                return -1;
            }
            if (Memory.equal(address + at + 1, part + 1, partLength - 1)) {
                return at;
            }
            at++;
        }
        return -1;
    }

    /** The offset of the first such byte at or behind {@code from}, or -1; eight bytes at a time. */
    static int findByte(long address, int length, int value, int from) {
        long wanted = (value & 0xFF) * ONES;
        int at = from;
        for (; at + 8 <= length; at += 8) {
            long difference = Memory.getLong(address + at) ^ wanted;
            // The lowest zero byte is the lowest high bit set here; bits above it may be set by the borrow.
            long zeros = (difference - ONES) & ~difference & HIGH_BITS;
            if (zeros != 0) {
                return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        for (; at < length; at++) {
            if (Memory.getByte(address + at) == value) {
                return at;
            }
        }
        return -1;
    }
}
