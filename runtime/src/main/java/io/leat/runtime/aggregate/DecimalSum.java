package io.leat.runtime.aggregate;

import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.kernel.Int128;
import io.leat.runtime.kernel.RowError;

/** {@code SUM} of decimals: exact; fails if the result has more than 38 digits. NULL over no rows. */
public final class DecimalSum {
    private DecimalSum() {}

    public static void add(long state, long value) {
        WideSum.add(state, value >> 63, value);
    }

    public static void add(long state, long high, long low) {
        WideSum.add(state, high, low);
    }

    /** Adds a value so many times, or takes it away. */
    public static void change(long state, long weight, long value) {
        WideSum.change(state, weight, value >> 63, value);
    }

    public static void change(long state, long weight, long high, long low) {
        WideSum.change(state, weight, high, low);
    }

    public static void merge(long state, long other) {
        WideSum.merge(state, other);
    }

    public static boolean isNull(long state) {
        return WideSum.count(state) == 0;
    }

    public static void result(long state, Int128Result result) {
        if (!WideSum.fits128(state)) {
            throw tooLarge(state);
        }
        Int128.rescaleInt128(WideSum.high(state), WideSum.low(state), 0, 38, 0, result);
    }

    static RowError tooLarge(long state) {
        return new RowError(
                RowError.Reason.NUMERIC_OVERFLOW,
                "the sum of " + WideSum.count(state) + " decimals has more than 38 digits");
    }
}
