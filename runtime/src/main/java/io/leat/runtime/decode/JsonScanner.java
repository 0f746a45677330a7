package io.leat.runtime.decode;

import io.leat.runtime.kernel.Digits;
import io.leat.runtime.kernel.Utf8;
import io.leat.runtime.memory.Memory;

/**
 * Finds the ends of JSON values, strictly by RFC 8259, eight bytes at a time where it pays. Addresses in, addresses out; a
 * negative answer is minus one of the codes below. The text must be followed by a byte below a blank, which no value contains.
 */
final class JsonScanner {
    static final int MAX_DEPTH = 256;

    /** The text is not JSON. */
    static final long MALFORMED = -1;
    /** A string that is not UTF-8. */
    static final long BAD_UTF8 = -2;
    /** Too many values inside each other. */
    static final long TOO_DEEP = -3;
    /** A string with escapes or characters beyond ASCII: {@link #stringEnd} cannot tell its end. */
    static final long NOT_PLAIN = -4;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long BACKSLASHES = ONES * '\\';
    /** Turns a quote into a blank, and no other byte from a blank upwards into a blank or anything below. */
    private static final long QUOTE_TO_BLANK = ONES * ('"' ^ ' ');
    /** Adding it to a byte below 128 sets the highest bit if the byte is above a blank. */
    private static final long ABOVE_BLANK = ONES * (127 - ' ');
    /** Adding it to a byte below 128 sets the highest bit if the byte is above 0. */
    private static final long ABOVE_ZERO = ONES * 127;

    private JsonScanner() {}

    /**
     * The closing quote of a string whose first byte is at {@code from}, if it is plain ASCII without escapes.
     */
    static long stringEnd(long from) {
        long at = from;
        while (true) {
            long first = specials(Memory.getLong(at));
            long second = specials(Memory.getLong(at + 8));
            if ((first | second) != 0) {
                int index = first != 0
                        ? Long.numberOfTrailingZeros(first) >>> 3
                        : 8 + (Long.numberOfTrailingZeros(second) >>> 3);
                at += index;
                return Memory.getByte(at) == '"' ? at : NOT_PLAIN;
            }
            at += 16;
        }
    }

    /**
     * The highest bits of bytes that do not stand for themselves in a string: quotes and control characters, backslashes, and what is
     * beyond ASCII. The last ones carry into bytes above them, so only the lowest mark is sure.
     */
    private static long specials(long word) {
        return ~((word ^ QUOTE_TO_BLANK) + ABOVE_BLANK & (word ^ BACKSLASHES) + ABOVE_ZERO & ~word) & HIGHS;
    }

    /** The closing quote of any string, escapes and UTF-8 checked. */
    static long checkedStringEnd(long from) {
        long plain = stringEnd(from);
        if (plain >= 0) {
            return plain;
        }
        long at = from;
        boolean ascii = true;
        while (true) {
            int c = Memory.getByte(at);
            if (c == '"') {
                break;
            }
            if (c == '\\') {
                at = escapeEnd(at);
                if (at < 0) {
                    return at;
                }
                continue;
            }
            if (c >= 0 && c < ' ') {
                return MALFORMED;
            }
            ascii &= c > 0;
            at++;
        }
        return ascii || Utf8.isValid(from, (int) (at - from)) ? at : BAD_UTF8;
    }

    /** The address behind an escape. A lone surrogate is no character. */
    private static long escapeEnd(long backslash) {
        switch (Memory.getByte(backslash + 1)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return backslash + 2;
            }
            case 'u' -> {
                int unit = hex(backslash + 2);
                if (unit < 0) {
                    return MALFORMED;
                }
                if (unit >= 0xDC00 && unit <= 0xDFFF) {
                    return BAD_UTF8;
                }
                if (unit < 0xD800 || unit > 0xDBFF) {
                    return backslash + 6;
                }
                boolean pair = Memory.getByte(backslash + 6) == '\\' && Memory.getByte(backslash + 7) == 'u';
                int low = pair ? hex(backslash + 8) : -1;
                return low >= 0xDC00 && low <= 0xDFFF ? backslash + 12 : BAD_UTF8;
            }
            default -> {
                return MALFORMED;
            }
        }
    }

    /** The number that four hex digits make, or -1. */
    static int hex(long at) {
        int number = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(Memory.getByte(at + i), 16);
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return number;
    }

    /** The address behind a number. */
    static long numberEnd(long from) {
        long at = Memory.getByte(from) == '-' ? from + 1 : from;
        int first = Memory.getByte(at);
        if (first == '0') {
            at++;
        } else if (first >= '1' && first <= '9') {
            at = digitsEnd(at);
        } else {
            return MALFORMED;
        }
        if (Memory.getByte(at) == '.') {
            long digits = digitsEnd(at + 1);
            if (digits == at + 1) {
                return MALFORMED;
            }
            at = digits;
        }
        if ((Memory.getByte(at) | 0x20) == 'e') {
            at++;
            if (Memory.getByte(at) == '+' || Memory.getByte(at) == '-') {
                at++;
            }
            long digits = digitsEnd(at);
            if (digits == at) {
                return MALFORMED;
            }
            at = digits;
        }
        return at;
    }

    private static long digitsEnd(long from) {
        long at = from;
        int digits;
        do {
            digits = Digits.leading(Memory.getLong(at) ^ Digits.ZEROS);
            at += digits;
        } while (digits == 8);
        return at;
    }

    static boolean isNull(long at) {
        return Memory.getInt(at) == 0x6C6C756E;
    }

    static boolean isTrue(long at) {
        return Memory.getInt(at) == 0x65757274;
    }

    static boolean isFalse(long at) {
        return Memory.getByte(at) == 'f' && Memory.getInt(at + 1) == 0x65736C61;
    }
}
