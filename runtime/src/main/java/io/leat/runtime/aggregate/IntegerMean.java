package io.leat.runtime.aggregate;

/** {@code AVG} of integers: the exact sum divided once, as a {@code DOUBLE}. NULL over no rows. */
public final class IntegerMean {
    private IntegerMean() {}

    public static void add(long state, long value) {
        WideSum.add(state, value >> 63, value);
    }

    /** Adds a value so many times, or takes it away. */
    public static void change(long state, long weight, long value) {
        WideSum.change(state, weight, value >> 63, value);
    }

    public static void merge(long state, long other) {
        WideSum.merge(state, other);
    }

    public static boolean isNull(long state) {
        return WideSum.count(state) == 0;
    }

    public static double result(long state) {
        double sum = WideSum.fits64(state) ? WideSum.low(state) : WideSum.toDouble(state);
        return sum / WideSum.count(state);
    }
}
