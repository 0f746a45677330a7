package io.leat.runtime.aggregate;

import io.leat.runtime.state.ValueCounts;

/** {@code MIN} of floating-point numbers. NULL over no rows. */
public final class FloatMin {
    private static final int SIGN = -1;

    private FloatMin() {}

    public static void add(long state, double value) {
        Extremes.add(state, value, SIGN);
    }

    /** Follows a change of the values of a group: a value is new among them ({@code fresh} 1), or gone (-1). */
    public static void change(long state, ValueCounts values, int fresh, double value) {
        Extremes.change(state, values, fresh, value, SIGN);
    }

    public static void merge(long state, long other) {
        if (!Extremes.isNull(other)) {
            Extremes.add(state, Extremes.floating(other), SIGN);
        }
    }

    public static boolean isNull(long state) {
        return Extremes.isNull(state);
    }

    public static double result(long state) {
        return Extremes.floating(state);
    }
}
