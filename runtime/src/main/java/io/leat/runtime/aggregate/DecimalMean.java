package io.leat.runtime.aggregate;

import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.kernel.Int128;

/** {@code AVG} of decimals: the exact sum divided once and rounded half up. NULL over no rows. */
public final class DecimalMean {
    private DecimalMean() {}

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

    /**
     * The mean as a decimal of 38 digits.
     *
     * @param argumentScale fraction digits of the values
     * @param scale fraction digits of the mean
     */
    public static void result(long state, int argumentScale, int scale, Int128Result result) {
        if (!WideSum.fits128(state)) {
            throw DecimalSum.tooLarge(state);
        }
        long count = WideSum.count(state);
        Int128.divideInt128(WideSum.high(state), WideSum.low(state), argumentScale, 0, count, 0, 38, scale, result);
    }
}
