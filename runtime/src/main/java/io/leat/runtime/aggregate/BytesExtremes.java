package io.leat.runtime.aggregate;

import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.ByteArena;
import io.leat.runtime.state.ValueCounts;

/** The best text so far: {@code place (4), length (4), present (8)}. A better one is written over it where it fits. */
final class BytesExtremes {
    private static final int LENGTH = 4;
    private static final int PRESENT = 8;

    private BytesExtremes() {}

    static boolean isNull(long state) {
        return Memory.getLong(state + PRESENT) == 0;
    }

    static long address(long state, ByteArena arena) {
        return arena.address(Memory.getInt(state));
    }

    static int length(long state) {
        return Memory.getInt(state + LENGTH);
    }

    static void add(long state, ByteArena arena, long address, int length, int sign) {
        if (isNull(state) || sign * Memory.compare(address, length, address(state, arena), length(state)) > 0) {
            put(state, arena, address, length);
        }
    }

    static void put(long state, ByteArena arena, long address, int length) {
        if (!isNull(state) && length <= ByteArena.room(length(state))) {
            Memory.copyShort(address, address(state, arena), length);
        } else {
            Memory.putInt(state, arena.add(address, length));
        }
        Memory.putInt(state + LENGTH, length);
        Memory.putLong(state + PRESENT, 1);
    }

    /**
     * Follows a change of the values of a group.
     *
     * @param fresh 1 if the text is new among them, -1 if it is gone
     */
    static void change(long state, ByteArena arena, ValueCounts values, int fresh, long address, int length, int sign) {
        if (fresh > 0) {
            add(state, arena, address, length, sign);
            return;
        }
        boolean isBest = length == length(state) && Memory.equal(address, address(state, arena), length);
        if (isBest && !(sign > 0 ? values.last() : values.first())) {
            Memory.putLong(state + PRESENT, 0);
        } else if (isBest) {
            put(state, arena, values.bytesAddress(), values.bytesLength());
        }
    }
}
