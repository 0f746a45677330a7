package io.leat.runtime.aggregate;

import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.ValueCounts;

/**
 * What a group knows of its items where rows also go away: how many different ones there are. The items themselves are in {@link
 * ValueCounts}, in their order. NULL over no rows.
 */
public final class CountedItems {
    private CountedItems() {}

    /** Follows a change of the items of a group: an item is new among them ({@code fresh} 1), or gone (-1). */
    public static void change(long state, ValueCounts values, int fresh, long address, int length) {
        Memory.putLong(state, Memory.getLong(state) + fresh);
    }

    public static void merge(long state, long other) {
        Memory.putLong(state, Memory.getLong(state) + Memory.getLong(other));
    }

    public static boolean isNull(long state) {
        return Memory.getLong(state) == 0;
    }
}
