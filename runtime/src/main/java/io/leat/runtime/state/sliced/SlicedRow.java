package io.leat.runtime.state.sliced;

import io.leat.runtime.memory.Memory;

/**
 * The layout of a row in a slice: a header, a value of a fixed length and the key, in units of eight bytes. The first bytes of a key are
 * its group: rows of a group are looked for together. Rows are linked with those whose groups have the same hash, so that no other row
 * is read when one is added.
 */
public final class SlicedRow {
    /** Room for a value. */
    public static final int VALUE_BYTES = 24;

    static final int UNIT_SHIFT = 3;

    /** The row with the same hash of its group that came before, in units; 0 for none. */
    private static final int NEXT_OF_GROUP = 0;
    /** The row behind it among those that are due at about the same time, in units; 0 for none. */
    private static final int NEXT_DUE = 4;

    private static final int GROUP_HASH = 8;
    private static final int KEY_HASH = 12;
    private static final int DUE = 16;
    private static final int KEY_LENGTH = 24;
    /** How many rows are linked from here on, with this one; negative for a row that was removed. */
    private static final int LINKED = 28;

    private static final int VALUE = 32;
    private static final int KEY = VALUE + VALUE_BYTES;

    private SlicedRow() {}

    // ---- what stands in a row

    /** When the row goes away. */
    public static long due(long row) {
        return Memory.getLong(row + DUE);
    }

    public static long value(long row) {
        return row + VALUE;
    }

    public static long key(long row) {
        return row + KEY;
    }

    public static int keyLength(long row) {
        return Memory.getInt(row + KEY_LENGTH);
    }

    static int groupHash(long row) {
        return Memory.getInt(row + GROUP_HASH);
    }

    static int keyHash(long row) {
        return Memory.getInt(row + KEY_HASH);
    }

    static boolean isGone(long row) {
        return Memory.getInt(row + LINKED) < 0;
    }

    static int linked(long row) {
        return Math.abs(Memory.getInt(row + LINKED));
    }

    static int nextOfGroup(long row) {
        return Memory.getInt(row + NEXT_OF_GROUP);
    }

    static int nextDue(long row) {
        return Memory.getInt(row + NEXT_DUE);
    }

    /** Units that a row with a key of this length takes. */
    static int units(int keyLength) {
        return KEY + keyLength + 7 >>> UNIT_SHIFT;
    }

    static boolean hasKey(long row, long key, int keyLength) {
        return keyLength(row) == keyLength && Memory.equal(key(row), key, keyLength);
    }

    static boolean startsWith(long row, long group, int groupLength) {
        return keyLength(row) >= groupLength && Memory.equal(key(row), group, groupLength);
    }

    // ---- changing

    /** Writes all but the value and the links. */
    static void write(long row, long key, int keyLength, int groupHash, int keyHash, long due) {
        Memory.putInt(row + GROUP_HASH, groupHash);
        Memory.putInt(row + KEY_HASH, keyHash);
        Memory.putLong(row + DUE, due);
        Memory.putInt(row + KEY_LENGTH, keyLength);
        Memory.copyShort(key, row + KEY, keyLength);
    }

    static void nextOfGroup(long row, int unit, int linked) {
        Memory.putInt(row + NEXT_OF_GROUP, unit);
        Memory.putInt(row + LINKED, linked);
    }

    static void nextDue(long row, int unit) {
        Memory.putInt(row + NEXT_DUE, unit);
    }

    static void leave(long row) {
        Memory.putInt(row + LINKED, -linked(row));
    }
}
