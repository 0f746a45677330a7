package io.leat.runtime.aggregate;

import io.leat.runtime.state.ByteArena;
import io.leat.runtime.state.ValueCounts;

/** {@code MAX} of texts and bytes, by the order of their bytes. NULL over no rows. */
public final class BytesMax {
    private static final int SIGN = 1;

    private BytesMax() {}

    public static void add(long state, ByteArena arena, long address, int length) {
        BytesExtremes.add(state, arena, address, length, SIGN);
    }

    /** Follows a change of the values of a group: a value is new among them ({@code fresh} 1), or gone (-1). */
    public static void change(long state, ByteArena arena, ValueCounts values, int fresh, long address, int length) {
        BytesExtremes.change(state, arena, values, fresh, address, length, SIGN);
    }

    public static void merge(long state, ByteArena arena, long other, ByteArena otherArena) {
        if (!BytesExtremes.isNull(other)) {
            add(state, arena, address(other, otherArena), length(other));
        }
    }

    public static boolean isNull(long state) {
        return BytesExtremes.isNull(state);
    }

    public static long address(long state, ByteArena arena) {
        return BytesExtremes.address(state, arena);
    }

    public static int length(long state) {
        return BytesExtremes.length(state);
    }
}
