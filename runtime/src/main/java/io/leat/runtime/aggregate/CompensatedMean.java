package io.leat.runtime.aggregate;

/** {@code AVG} of floating-point numbers that also go away: their sum divided by their number. NULL over no rows. */
public final class CompensatedMean {
    private CompensatedMean() {}

    public static void add(long state, double value) {
        CompensatedSum.add(state, value);
    }

    /** Adds a value so many times, or takes it away. */
    public static void change(long state, long weight, double value) {
        CompensatedSum.change(state, weight, value);
    }

    public static void merge(long state, long other) {
        CompensatedSum.merge(state, other);
    }

    public static boolean isNull(long state) {
        return CompensatedSum.isNull(state);
    }

    public static double result(long state) {
        return CompensatedSum.result(state) / CompensatedSum.count(state);
    }
}
