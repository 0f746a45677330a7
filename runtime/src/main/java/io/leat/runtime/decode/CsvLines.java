package io.leat.runtime.decode;

import io.leat.runtime.memory.Memory;

/** Finds the ends of CSV records, which are not the ends of lines where a quoted field goes over several. */
public final class CsvLines {
    private CsvLines() {}

    /**
     * The line end that closes the record that begins at {@code from}, or {@code to} if there is none before it. A quote opens a
     * field only where a field begins.
     */
    public static long recordEnd(long from, long to, byte delimiter, byte quote) {
        long at = from;
        boolean fieldStart = true;
        while (at < to) {
            byte c = Memory.getByte(at);
            if (c == '\n') {
                return at;
            }
            if (fieldStart && c == quote) {
                at = quotedEnd(at + 1, to, quote);
                fieldStart = false;
                continue;
            }
            fieldStart = c == delimiter;
            at++;
        }
        return to;
    }

    /** The address behind the closing quote. */
    private static long quotedEnd(long from, long to, byte quote) {
        long at = from;
        while (at < to) {
            if (Memory.getByte(at++) == quote) {
                if (at < to && Memory.getByte(at) == quote) {
                    at++;
                } else {
                    return at;
                }
            }
        }
        return to;
    }

    /**
     * The address behind the last whole record between two addresses, or {@code from} if there is none. {@code from} is the start
     * of a record.
     */
    public static long wholeRecordsEnd(long from, long to, byte delimiter, byte quote) {
        long last = lastLineEnd(from, to);
        if (last < from || !contains(from, to, quote)) {
            return last < from ? from : last + 1;
        }
        long at = from;
        while (true) {
            long end = recordEnd(at, to, delimiter, quote);
            if (end >= to) {
                return at;
            }
            at = end + 1;
        }
    }

    /** The last line end between two addresses, or an address before {@code from}. */
    public static long lastLineEnd(long from, long to) {
        long at = to - 1;
        while (at >= from && Memory.getByte(at) != '\n') {
            at--;
        }
        return at;
    }

    private static boolean contains(long from, long to, byte value) {
        for (long at = from; at < to; at++) {
            if (Memory.getByte(at) == value) {
                return true;
            }
        }
        return false;
    }
}
