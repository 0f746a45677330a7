package io.leat.runtime.aggregate;

import io.leat.runtime.state.ValueCounts;

/** {@code MAX} of integers, booleans, dates, times and narrow decimals. NULL over no rows. */
public final class IntegerMax {
    private static final int SIGN = 1;

    private IntegerMax() {}

    public static void add(long state, long value) {
        Extremes.add(state, value, SIGN);
    }

    /** Follows a change of the values of a group: a value is new among them ({@code fresh} 1), or gone (-1). */
    public static void change(long state, ValueCounts values, int fresh, long value) {
        Extremes.change(state, values, fresh, value, SIGN);
    }

    public static void merge(long state, long other) {
        if (!Extremes.isNull(other)) {
            Extremes.add(state, Extremes.value(other), SIGN);
        }
    }

    public static boolean isNull(long state) {
        return Extremes.isNull(state);
    }

    public static long result(long state) {
        return Extremes.value(state);
    }
}
