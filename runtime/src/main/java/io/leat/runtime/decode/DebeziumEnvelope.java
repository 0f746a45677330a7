package io.leat.runtime.decode;

import io.leat.runtime.memory.Memory;

/**
 * Takes apart what Debezium writes: a JSON object with the row {@code before} and {@code after} and what happened, {@code op}, either as
 * it is or inside a {@code payload} beside its {@code schema}. Names that it does not know are checked for syntax and passed over; of
 * a name that comes twice the last value counts. The rows themselves are left to a decoder.
 */
final class DebeziumEnvelope {
    /** The record has nothing on it. */
    static final long BLANK = 0;
    /** A negative answer beside those of {@link JsonScanner}: a JSON text that is no object. */
    static final long NOT_AN_OBJECT = -10;

    private static final int NO_OP = 0;

    private final boolean lines;
    private final JsonSkip skip;
    private int op;
    private long before;
    private long after;
    private long payload;

    /**
     * @param lines whether a record ends with its line, otherwise with a zero byte
     */
    DebeziumEnvelope(boolean lines) {
        this.lines = lines;
        this.skip = new JsonSkip(lines);
    }

    /** {@code c}, {@code r}, {@code u}, {@code d}, another letter that stands alone, or 0. */
    int op() {
        return op;
    }

    /** Where the object {@code before} begins; 0 if there is none. */
    long before() {
        return before;
    }

    /** Where the object {@code after} begins; 0 if there is none. */
    long after() {
        return after;
    }

    /** Reads the record that begins here; answers with the address behind it and its terminator, with {@link #BLANK} or a negative code. */
    long read(long start) {
        forget();
        payload = 0;
        int terminator = lines ? '\n' : 0;
        long at = space(start);
        if (Memory.getByte(at) == terminator) {
            return BLANK;
        }
        if (Memory.getByte(at) != '{') {
            long end = skip.valueEnd(at);
            return end < 0 ? end : NOT_AN_OBJECT;
        }
        long end = members(at + 1);
        if (end < 0) {
            return end;
        }
        end = space(end);
        if (Memory.getByte(end) != terminator) {
            return JsonScanner.MALFORMED;
        }
        if (payload != 0) {
            forget();
            members(payload + 1);
        }
        return end + 1;
    }

    private void forget() {
        op = NO_OP;
        before = 0;
        after = 0;
    }

    /** Reads the members of an object behind its brace; answers with the address behind the closing one. */
    private long members(long from) {
        long at = space(from);
        if (Memory.getByte(at) == '}') {
            return at + 1;
        }
        while (true) {
            if (Memory.getByte(at) != '"') {
                return JsonScanner.MALFORMED;
            }
            long name = at + 1;
            long nameEnd = JsonScanner.checkedStringEnd(name);
            if (nameEnd < 0) {
                return nameEnd;
            }
            at = space(nameEnd + 1);
            if (Memory.getByte(at) != ':') {
                return JsonScanner.MALFORMED;
            }
            long value = space(at + 1);
            long end = skip.valueEnd(value);
            if (end < 0) {
                return end;
            }
            note(name, (int) (nameEnd - name), value, end);
            at = space(end);
            int next = Memory.getByte(at);
            if (next == '}') {
                return at + 1;
            }
            if (next != ',') {
                return JsonScanner.MALFORMED;
            }
            at = space(at + 1);
        }
    }

    private void note(long name, int length, long value, long end) {
        long object = Memory.getByte(value) == '{' ? value : 0;
        if (is(name, length, "op")) {
            boolean letter = Memory.getByte(value) == '"' && end == value + 3;
            op = letter ? Memory.getByte(value + 1) : NO_OP;
        } else if (is(name, length, "before")) {
            before = object;
        } else if (is(name, length, "after")) {
            after = object;
        } else if (is(name, length, "payload")) {
            payload = object;
        }
    }

    private static boolean is(long name, int length, String wanted) {
        if (length != wanted.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (Memory.getByte(name + i) != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private long space(long from) {
        long at = from;
        int c = Memory.getByte(at);
        while (c == ' ' || c == '\t' || c == '\r' || !lines && c == '\n') {
            c = Memory.getByte(++at);
        }
        return at;
    }
}
