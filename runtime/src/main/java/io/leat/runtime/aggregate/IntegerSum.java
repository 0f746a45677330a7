package io.leat.runtime.aggregate;

import io.leat.runtime.kernel.RowError;

/** {@code SUM} of integers: exact however long it runs; fails if the result is no {@code BIGINT}. NULL over no rows. */
public final class IntegerSum {
    private IntegerSum() {}

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

    public static long result(long state) {
        if (!WideSum.fits64(state)) {
            throw new RowError(
                    RowError.Reason.NUMERIC_OVERFLOW,
                    "the sum of " + WideSum.count(state) + " integers does not fit BIGINT");
        }
        return WideSum.low(state);
    }
}
