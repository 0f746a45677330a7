package io.leat.runtime.decode;

import io.leat.runtime.memory.Memory;

/** What a record of a changelog says of a row. */
public enum RowChange {
    /** The row comes; where rows have a key, it takes the place of the one that has its key. */
    COMES,
    /** The row gives way to the one that follows. */
    GIVES_WAY,
    /** The row goes; of a row with a key only the key counts. */
    GOES;

    private static final RowChange[] ALL = values();

    /** The kind that a column named {@code op} says; null for a text that names none. */
    public static RowChange ofKind(long address, int length) {
        if (length != 2) {
            return null;
        }
        int sign = Memory.getByte(address);
        int kind = Memory.getByte(address + 1);
        if (sign == '+') {
            return kind == 'I' || kind == 'U' ? COMES : null;
        }
        if (sign == '-') {
            return kind == 'D' ? GOES : kind == 'U' ? GIVES_WAY : null;
        }
        return null;
    }

    /** The change with this ordinal. */
    public static RowChange of(byte ordinal) {
        return ALL[ordinal];
    }
}
