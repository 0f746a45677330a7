package io.leat.runtime.aggregate;

/** {@code MAX} of floating-point numbers. NULL over no rows. */
public final class FloatMax {
    private static final int SIGN = 1;

    private FloatMax() {}

    public static void add(long state, double value) {
        Extremes.add(state, value, SIGN);
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
