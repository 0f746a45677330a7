package io.leat.runtime.aggregate;

import io.leat.runtime.kernel.RowError;
import io.leat.runtime.memory.Memory;

/**
 * {@code SUM} of floating-point numbers, added in the order in which they come: {@code sum, count}. Fails if the sum passes the
 * largest number. NULL over no rows.
 */
public final class FloatSum {
    private static final int COUNT = 8;

    private FloatSum() {}

    public static void add(long state, double value) {
        Memory.putDouble(state, Memory.getDouble(state) + value);
        Memory.putLong(state + COUNT, Memory.getLong(state + COUNT) + 1);
    }

    public static void merge(long state, long other) {
        Memory.putDouble(state, Memory.getDouble(state) + Memory.getDouble(other));
        Memory.putLong(state + COUNT, count(state) + count(other));
    }

    static long count(long state) {
        return Memory.getLong(state + COUNT);
    }

    public static boolean isNull(long state) {
        return count(state) == 0;
    }

    public static double result(long state) {
        double sum = Memory.getDouble(state);
        if (!Double.isFinite(sum)) {
            throw new RowError(
                    RowError.Reason.NUMERIC_OVERFLOW, "the sum of " + count(state) + " numbers does not fit DOUBLE");
        }
        // No row gives the negative zero its sign back.
        return sum + 0.0;
    }
}
