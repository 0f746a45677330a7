package io.leat.runtime.aggregate;

import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.state.ValueCounts;

/** {@code MIN} of wide decimals. NULL over no rows. */
public final class WideMin {
    private static final int SIGN = -1;

    private WideMin() {}

    public static void add(long state, long high, long low) {
        Extremes.add(state, high, low, SIGN);
    }

    /** Follows a change of the values of a group: a value is new among them ({@code fresh} 1), or gone (-1). */
    public static void change(long state, ValueCounts values, int fresh, long high, long low) {
        Extremes.change(state, values, fresh, high, low, SIGN);
    }

    public static void merge(long state, long other) {
        if (!Extremes.isNull(other)) {
            Extremes.add(state, Extremes.second(other), Extremes.value(other), SIGN);
        }
    }

    public static boolean isNull(long state) {
        return Extremes.isNull(state);
    }

    public static void result(long state, Int128Result result) {
        result.set(Extremes.second(state), Extremes.value(state));
    }
}
