package io.leat.runtime.aggregate;

import io.leat.runtime.kernel.Int128;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.ValueCounts;

/**
 * The best value so far, of any form that fits 16 bytes: {@code value (8), second half (8), present (8)}. {@code sign} is 1 for the
 * greatest and -1 for the least.
 */
final class Extremes {
    private static final int SECOND = 8;
    private static final int PRESENT = 16;

    private Extremes() {}

    static boolean isNull(long state) {
        return Memory.getLong(state + PRESENT) == 0;
    }

    static long value(long state) {
        return Memory.getLong(state);
    }

    static double floating(long state) {
        return Memory.getDouble(state);
    }

    static long second(long state) {
        return Memory.getLong(state + SECOND);
    }

    static void add(long state, long value, int sign) {
        if (isNull(state) || sign * Long.compare(value, value(state)) > 0) {
            Memory.putLong(state, value);
            Memory.putLong(state + PRESENT, 1);
        }
    }

    static void add(long state, double value, int sign) {
        if (isNull(state) || sign * Double.compare(value, floating(state)) > 0) {
            Memory.putDouble(state, value);
            Memory.putLong(state + PRESENT, 1);
        }
    }

    /** Wide decimals: the low half stands first. */
    static void add(long state, long high, long low, int sign) {
        if (isNull(state) || sign * Int128.compareInt128(high, low, second(state), value(state)) > 0) {
            Memory.putLong(state, low);
            Memory.putLong(state + SECOND, high);
            Memory.putLong(state + PRESENT, 1);
        }
    }

    /**
     * Follows a change of the values of a group.
     *
     * @param fresh 1 if the value is new among them, -1 if it is gone
     */
    static void change(long state, ValueCounts values, int fresh, long value, int sign) {
        if (fresh > 0) {
            add(state, value, sign);
        } else if (value == value(state)) {
            if (find(state, values, sign)) {
                add(state, values.longValue(), sign);
            }
        }
    }

    static void change(long state, ValueCounts values, int fresh, double value, int sign) {
        if (fresh > 0) {
            add(state, value, sign);
        } else if (value == floating(state)) {
            if (find(state, values, sign)) {
                add(state, values.doubleValue(), sign);
            }
        }
    }

    static void change(long state, ValueCounts values, int fresh, long high, long low, int sign) {
        if (fresh > 0) {
            add(state, high, low, sign);
        } else if (high == second(state) && low == value(state)) {
            if (find(state, values, sign)) {
                add(state, values.longValue(), values.lowValue(), sign);
            }
        }
    }

    /** Forgets the best value, which is gone, and finds the next one; false if there is none. */
    private static boolean find(long state, ValueCounts values, int sign) {
        Memory.putLong(state + PRESENT, 0);
        return sign > 0 ? values.last() : values.first();
    }
}
