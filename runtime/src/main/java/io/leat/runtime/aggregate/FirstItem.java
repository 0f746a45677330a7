package io.leat.runtime.aggregate;

import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.ByteArena;
import io.leat.runtime.state.OrderedItems;
import io.leat.runtime.state.ValueCounts;

/**
 * The value of the row that comes first in an order, for {@code FIRST}, {@code LAST}, {@code ARG_MIN} and the like: the least item so
 * far. Of items that are ordered alike the one that was added first stays. NULL over no rows.
 */
public final class FirstItem {
    private FirstItem() {}

    public static void add(long state, ByteArena arena, long address, int length) {
        if (!BytesExtremes.isNull(state)) {
            long held = BytesExtremes.address(state, arena);
            int heldKey = OrderedItems.keyLength(held, BytesExtremes.length(state));
            if (Memory.compare(address, OrderedItems.keyLength(address, length), held, heldKey) >= 0) {
                return;
            }
        }
        BytesExtremes.put(state, arena, address, length);
    }

    /** Follows a change of the items of a group: an item is new among them ({@code fresh} 1), or gone (-1). */
    public static void change(long state, ByteArena arena, ValueCounts values, int fresh, long address, int length) {
        BytesExtremes.change(state, arena, values, fresh, address, length, -1);
    }

    public static void merge(long state, ByteArena arena, long other, ByteArena otherArena) {
        if (!BytesExtremes.isNull(other)) {
            add(state, arena, BytesExtremes.address(other, otherArena), BytesExtremes.length(other));
        }
    }

    /** Whether there is no row, or it has no value. */
    public static boolean isNull(long state, ByteArena arena) {
        return BytesExtremes.isNull(state) || OrderedItems.isNull(value(state, arena));
    }

    /** Where the value stands, as {@link io.leat.runtime.kernel.OrderedBytes} reads it. */
    public static long value(long state, ByteArena arena) {
        return OrderedItems.value(BytesExtremes.address(state, arena), BytesExtremes.length(state));
    }
}
