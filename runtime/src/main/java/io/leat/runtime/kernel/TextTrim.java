package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;

/**
 * TRIM, LTRIM, RTRIM and BTRIM: without the blanks, or the characters of a set, at the ends. The result is a view of the text.
 * Never fails, allocates nothing.
 */
public final class TextTrim {
    private TextTrim() {}

    public static void trim(long address, int length, BytesResult result) {
        long start = Blanks.skip(address, address + length);
        result.view(start, (int) (Blanks.trim(start, address + length) - start));
    }

    public static void trimStart(long address, int length, BytesResult result) {
        long start = Blanks.skip(address, address + length);
        result.view(start, (int) (address + length - start));
    }

    public static void trimEnd(long address, int length, BytesResult result) {
        result.view(address, (int) (Blanks.trim(address, address + length) - address));
    }

    public static void trim(long address, int length, long setAddress, int setLength, BytesResult result) {
        long start = skip(address, address + length, setAddress, setLength);
        long end = skipBack(start, address + length, setAddress, setLength);
        result.view(start, (int) (end - start));
    }

    public static void trimStart(long address, int length, long setAddress, int setLength, BytesResult result) {
        long start = skip(address, address + length, setAddress, setLength);
        result.view(start, (int) (address + length - start));
    }

    public static void trimEnd(long address, int length, long setAddress, int setLength, BytesResult result) {
        result.view(address, (int) (skipBack(address, address + length, setAddress, setLength) - address));
    }

    private static long skip(long start, long end, long setAddress, int setLength) {
        long at = start;
        while (at < end) {
            long next = Utf8.next(at, end);
            if (!contains(setAddress, setAddress + setLength, at, next)) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private static long skipBack(long start, long end, long setAddress, int setLength) {
        long at = end;
        while (at > start) {
            long previous = Utf8.previous(start, at);
            if (!contains(setAddress, setAddress + setLength, previous, at)) {
                return at;
            }
            at = previous;
        }
        return at;
    }

    /** Whether a set has the one code point that stands between two addresses. */
    private static boolean contains(long set, long setEnd, long codePoint, long codePointEnd) {
        int bytes = (int) (codePointEnd - codePoint);
        for (long at = set; at + bytes <= setEnd; at = Utf8.next(at, setEnd)) {
            if (Memory.equal(at, codePoint, bytes)) {
                return true;
            }
        }
        return false;
    }
}
