package io.leat.runtime.aggregate;

import io.leat.runtime.kernel.RowError;
import io.leat.runtime.memory.Memory;

/**
 * {@code SUM} of floating-point numbers that also go away: {@code sum, compensation, count}. What each addition loses is added up
 * beside the sum, so that small numbers outlive large ones that come and go. Fails if the sum passes the largest number. NULL over no
 * rows.
 */
public final class CompensatedSum {
    private static final int COMPENSATION = 8;
    private static final int COUNT = 16;

    private CompensatedSum() {}

    public static void add(long state, double value) {
        change(state, 1, value);
    }

    /** Adds a value so many times, or takes it away. */
    public static void change(long state, long weight, double value) {
        add(state, weight * value, weight);
    }

    private static void add(long state, double value, long count) {
        long newCount = count(state) + count;
        Memory.putLong(state + COUNT, newCount);
        if (newCount == 0) {
            // What rounding left behind must not be found by the rows of a later time.
            Memory.putDouble(state, 0);
            Memory.putDouble(state + COMPENSATION, 0);
            return;
        }
        double sum = Memory.getDouble(state);
        double newSum = sum + value;
        double lost = Math.abs(sum) >= Math.abs(value) ? (sum - newSum) + value : (value - newSum) + sum;
        Memory.putDouble(state, newSum);
        Memory.putDouble(state + COMPENSATION, Memory.getDouble(state + COMPENSATION) + lost);
    }

    public static void merge(long state, long other) {
        add(state, Memory.getDouble(other), count(other));
        if (count(state) != 0) {
            double compensation = Memory.getDouble(state + COMPENSATION) + Memory.getDouble(other + COMPENSATION);
            Memory.putDouble(state + COMPENSATION, compensation);
        }
    }

    static long count(long state) {
        return Memory.getLong(state + COUNT);
    }

    public static boolean isNull(long state) {
        return count(state) == 0;
    }

    public static double result(long state) {
        double sum = Memory.getDouble(state) + Memory.getDouble(state + COMPENSATION);
        if (!Double.isFinite(sum)) {
            throw new RowError(
                    RowError.Reason.NUMERIC_OVERFLOW, "the sum of " + count(state) + " numbers does not fit DOUBLE");
        }
        // No row gives the negative zero its sign back.
        return sum + 0.0;
    }
}
