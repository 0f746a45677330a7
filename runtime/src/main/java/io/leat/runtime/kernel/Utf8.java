package io.leat.runtime.kernel;

import io.leat.runtime.memory.Memory;

/**
 * UTF-8 in memory. {@link #isValid} is strict: no overlong forms, no surrogates, nothing above U+10FFFF. All other methods take
 * valid text; with other bytes they answer nonsense, but read no byte outside the range.
 */
public final class Utf8 {
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    /** Bytes that the longest code point takes. */
    static final int MAX_BYTES = 4;

    private Utf8() {}

    public static boolean isValid(long address, int length) {
        return firstInvalid(address, length) < 0;
    }

    /** The offset of the first byte that does not belong to valid text, or -1. */
    public static int firstInvalid(long address, int length) {
        long end = address + length;
        long at = skipAscii(address, end);
        while (at < end) {
            int bytes = validLength(at, end);
            if (bytes == 0) {
                return (int) (at - address);
            }
            at += bytes;
            if (bytes == 1) {
                at = skipAscii(at, end);
            }
        }
        return -1;
    }

    public static boolean isAscii(long address, int length) {
        return skipAscii(address, address + length) == address + length;
    }

    /** The address of the first byte that is not ASCII, or {@code end}. */
    static long skipAscii(long start, long end) {
        long at = start;
        for (; end - at >= 8; at += 8) {
            long high = Memory.getLong(at) & HIGH_BITS;
            if (high != 0) {
                return at + (Long.numberOfTrailingZeros(high) >>> 3);
            }
        }
        while (at < end && Memory.getByte(at) >= 0) {
            at++;
        }
        return at;
    }

    /** Bytes of the code point at {@code at}, or 0 if there is none. */
    private static int validLength(long at, long end) {
        int lead = Memory.getByte(at) & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return 0; // a continuation byte, an overlong form, or beyond U+10FFFF
        }
        int bytes = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (end - at < bytes) {
            return 0;
        }
        int second = Memory.getByte(at + 1) & 0xFF;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80; // below: an overlong form
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF; // above: a surrogate, or beyond U+10FFFF
        if (second < least
                || second > most
                || (bytes > 2 && !isContinuation(Memory.getByte(at + 2)))
                || (bytes > 3 && !isContinuation(Memory.getByte(at + 3)))) {
            return 0;
        }
        return bytes;
    }

    static boolean isContinuation(byte value) {
        return value < -64; // 0x80 to 0xBF
    }

    /** How many code points. */
    public static int count(long address, int length) {
        long end = address + length;
        long at = address;
        int continuations = 0;
        for (; end - at >= 8; at += 8) {
            continuations += Long.bitCount(continuations(Memory.getLong(at)));
        }
        for (; at < end; at++) {
            continuations += isContinuation(Memory.getByte(at)) ? 1 : 0;
        }
        return length - continuations;
    }

    /** The lowest bit of each byte that continues a code point: high bit set, the next one not. */
    private static long continuations(long word) {
        return word >>> 7 & ~word >>> 6 & LOW_BITS;
    }

    /** The address behind so many code points, or {@code end} if there are fewer. */
    static long skip(long start, long end, long codePoints) {
        long at = start;
        long left = codePoints;
        for (; end - at >= 8; at += 8) {
            int begun = 8 - Long.bitCount(continuations(Memory.getLong(at)));
            if (begun > left) {
                break;
            }
            left -= begun;
        }
        for (; at < end; at++) {
            if (!isContinuation(Memory.getByte(at)) && left-- == 0) {
                return at;
            }
        }
        return end;
    }

    /** The address of the last so many code points, or {@code start} if there are fewer. */
    static long skipBack(long start, long end, long codePoints) {
        long at = end;
        long left = codePoints;
        while (left > 0 && at > start) {
            at = previous(start, at);
            left--;
        }
        return at;
    }

    /** The address of the code point behind the one at {@code at}. */
    static long next(long at, long end) {
        long next = at + 1;
        while (next < end && isContinuation(Memory.getByte(next))) {
            next++;
        }
        return next;
    }

    /** The address of the code point that ends at {@code at}. */
    static long previous(long start, long at) {
        long previous = at - 1;
        while (previous > start && isContinuation(Memory.getByte(previous))) {
            previous--;
        }
        return previous;
    }

    /** The code point at {@code at}, which ends at or before {@code end}. */
    static int codePoint(long at, long end) {
        int lead = Memory.getByte(at);
        if (lead >= 0) {
            return lead;
        }
        int bytes = (int) (next(at, end) - at);
        int codePoint = bytes == 1 ? 0xFFFD : lead & (0x7F >> bytes);
        for (int i = 1; i < bytes; i++) {
            codePoint = codePoint << 6 | (Memory.getByte(at + i) & 0x3F);
        }
        return codePoint;
    }

    /** Writes a code point and answers the address behind it. */
    static long put(long at, int codePoint) {
        if (codePoint < 0x80) {
            Memory.putByte(at, (byte) codePoint);
            return at + 1;
        }
        int bytes = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        int rest = codePoint;
        for (int i = bytes - 1; i > 0; i--) {
            Memory.putByte(at + i, (byte) (0x80 | (rest & 0x3F)));
            rest >>>= 6;
        }
        Memory.putByte(at, (byte) (0xF00 >> bytes | rest)); // as many leading ones as bytes
        return at + bytes;
    }
}
