package io.leat.runtime.aggregate;

import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.ByteArena;
import io.leat.runtime.state.OrderedItems;

/**
 * All items of a group, for {@code STRING_AGG} and the like: {@code place (4), room (4), used (8)}, each item behind its length. They
 * are brought into their order when they are asked for ({@link OrderedItems}). NULL over no rows.
 *
 * <p>What would pass the limit of a list marks it as too large, and takes no more room from then on: who asks for it is told.
 */
public final class ItemList {
    private static final int ROOM = 4;
    private static final int USED = 8;
    private static final int FIRST_ROOM = 56;
    private static final long TOO_LARGE = -1;

    private ItemList() {}

    public static void add(long state, ByteArena arena, long address, int length) {
        long used = Memory.getLong(state + USED);
        long to = reserve(state, arena, used, Integer.BYTES + (long) length);
        if (to != 0) {
            Memory.putInt(to, length);
            Memory.copyShort(address, to + Integer.BYTES, length);
        }
    }

    public static void merge(long state, ByteArena arena, long other, ByteArena otherArena) {
        long more = Memory.getLong(other + USED);
        if (more == TOO_LARGE) {
            Memory.putLong(state + USED, TOO_LARGE);
            return;
        }
        long to = reserve(state, arena, Memory.getLong(state + USED), more);
        if (to != 0) {
            Memory.copy(otherArena.address(Memory.getInt(other)), to, more);
        }
    }

    /** Where to put so many bytes more; 0 if there are none, or too many already. */
    private static long reserve(long state, ByteArena arena, long used, long more) {
        if (used == TOO_LARGE || more == 0) {
            return 0;
        }
        long needed = used + more;
        if (needed > OrderedItems.MAX_BYTES) {
            Memory.putLong(state + USED, TOO_LARGE);
            return 0;
        }
        if (needed > Memory.getInt(state + ROOM)) {
            int room = (int) ByteArena.room((int) Math.max(FIRST_ROOM, Math.max(needed, 2 * used)));
            int place = arena.reserve(room);
            if (used > 0) {
                Memory.copy(arena.address(Memory.getInt(state)), arena.address(place), used);
            }
            Memory.putInt(state, place);
            Memory.putInt(state + ROOM, room);
        }
        Memory.putLong(state + USED, needed);
        return arena.address(Memory.getInt(state)) + used;
    }

    public static boolean isNull(long state) {
        return Memory.getLong(state + USED) == 0;
    }

    /** Hands all items over in their order. */
    public static OrderedItems read(long state, ByteArena arena, OrderedItems items) {
        long used = Memory.getLong(state + USED);
        if (used == TOO_LARGE) {
            throw OrderedItems.tooLarge();
        }
        items.sort(arena.address(Memory.getInt(state)), (int) used);
        return items;
    }
}
