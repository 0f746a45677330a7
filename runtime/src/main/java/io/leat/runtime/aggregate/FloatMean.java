package io.leat.runtime.aggregate;

/** {@code AVG} of floating-point numbers: their sum divided by their number. NULL over no rows. */
public final class FloatMean {
    private FloatMean() {}

    public static void add(long state, double value) {
        FloatSum.add(state, value);
    }

    public static void merge(long state, long other) {
        FloatSum.merge(state, other);
    }

    public static boolean isNull(long state) {
        return FloatSum.isNull(state);
    }

    public static double result(long state) {
        return FloatSum.result(state) / FloatSum.count(state);
    }
}
