package io.leat.runtime.aggregate;

import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.ByteArena;

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
        boolean first = isNull(state);
        if (!first && sign * Memory.compare(address, length, address(state, arena), length(state)) <= 0) {
            return;
        }
        if (!first && length <= ByteArena.room(length(state))) {
            Memory.copyShort(address, address(state, arena), length);
        } else {
            Memory.putInt(state, arena.add(address, length));
        }
        Memory.putInt(state + LENGTH, length);
        Memory.putLong(state + PRESENT, 1);
    }
}
