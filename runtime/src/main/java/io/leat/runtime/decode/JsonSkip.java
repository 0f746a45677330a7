package io.leat.runtime.decode;

import io.leat.runtime.memory.Memory;

/** Passes over JSON values that nobody reads, checking their syntax all the same. Does not recurse. */
final class JsonSkip {
    /** One bit per open container, the outermost first: 1 for an object. */
    private final long[] open = new long[JsonScanner.MAX_DEPTH / Long.SIZE];

    private final boolean lines;

    /**
     * @param lines whether a line end is no white space
     */
    JsonSkip(boolean lines) {
        this.lines = lines;
    }

    /** The address behind the value that begins here, or a code of {@link JsonScanner}. */
    long valueEnd(long from) {
        int depth = 0;
        long at = from;
        while (true) {
            int c = Memory.getByte(at);
            if (c == '{' || c == '[') {
                // The record itself is the first level.
                if (depth + 1 >= JsonScanner.MAX_DEPTH) {
                    return JsonScanner.TOO_DEEP;
                }
                push(depth++, c == '{');
                at = space(at + 1);
                int next = Memory.getByte(at);
                if (next != (c == '{' ? '}' : ']')) {
                    at = c == '{' ? nameEnd(at) : at;
                    if (at < 0) {
                        return at;
                    }
                    continue;
                }
                depth--;
                at++;
            } else {
                at = plainEnd(at, c);
                if (at < 0) {
                    return at;
                }
            }
            // A value has ended: close what ends with it, or go on to the next one.
            while (true) {
                if (depth == 0) {
                    return at;
                }
                at = space(at);
                int after = Memory.getByte(at);
                boolean object = isObject(depth - 1);
                if (after == ',') {
                    at = space(at + 1);
                    at = object ? nameEnd(at) : at;
                    if (at < 0) {
                        return at;
                    }
                    break;
                }
                if (after != (object ? '}' : ']')) {
                    return JsonScanner.MALFORMED;
                }
                depth--;
                at++;
            }
        }
    }

    private static long plainEnd(long at, int c) {
        if (c == '"') {
            long end = JsonScanner.checkedStringEnd(at + 1);
            return end < 0 ? end : end + 1;
        }
        if (c == '-' || c >= '0' && c <= '9') {
            return JsonScanner.numberEnd(at);
        }
        if (JsonScanner.isNull(at) || JsonScanner.isTrue(at)) {
            return at + 4;
        }
        return JsonScanner.isFalse(at) ? at + 5 : JsonScanner.MALFORMED;
    }

    /** Passes over a name and its colon. */
    private long nameEnd(long from) {
        if (Memory.getByte(from) != '"') {
            return JsonScanner.MALFORMED;
        }
        long end = JsonScanner.checkedStringEnd(from + 1);
        if (end < 0) {
            return end;
        }
        long at = space(end + 1);
        return Memory.getByte(at) == ':' ? space(at + 1) : JsonScanner.MALFORMED;
    }

    private long space(long from) {
        long at = from;
        int c = Memory.getByte(at);
        while (c == ' ' || c == '\t' || c == '\r' || !lines && c == '\n') {
            c = Memory.getByte(++at);
        }
        return at;
    }

    private void push(int depth, boolean object) {
        long bit = 1L << (depth & 63);
        open[depth >>> 6] = object ? open[depth >>> 6] | bit : open[depth >>> 6] & ~bit;
    }

    private boolean isObject(int depth) {
        return (open[depth >>> 6] >>> (depth & 63) & 1) != 0;
    }
}
