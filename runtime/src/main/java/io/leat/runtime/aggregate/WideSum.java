package io.leat.runtime.aggregate;

import io.leat.runtime.memory.Memory;

/**
 * A running sum of 192 bits with the number of its summands: {@code low, middle, high, count}, eight bytes each. It holds the sum of
 * 2^63 wide decimals, so nothing can overflow before the result is taken.
 */
final class WideSum {
    private static final int MIDDLE = 8;
    private static final int HIGH = 16;
    private static final int COUNT = 24;

    private WideSum() {}

    static void add(long state, long high, long low) {
        add(state, high >> 63, high, low);
        Memory.putLong(state + COUNT, Memory.getLong(state + COUNT) + 1);
    }

    /** Adds a number {@code weight} times; a negative weight takes it away. */
    static void change(long state, long weight, long high, long low) {
        // low is unsigned: where its first bit is set, the signed product lacks one weight in the word above.
        long middle = Math.multiplyHigh(low, weight) + ((low >> 63) & weight);
        long upper = high * weight;
        long sum = middle + upper;
        long carry = Long.compareUnsigned(sum, middle) < 0 ? 1 : 0;
        add(state, (middle >> 63) + Math.multiplyHigh(high, weight) + carry, sum, low * weight);
        Memory.putLong(state + COUNT, Memory.getLong(state + COUNT) + weight);
    }

    static void merge(long state, long other) {
        add(state, Memory.getLong(other + HIGH), Memory.getLong(other + MIDDLE), Memory.getLong(other));
        Memory.putLong(state + COUNT, count(state) + count(other));
    }

    private static void add(long state, long high, long middle, long low) {
        long oldLow = Memory.getLong(state);
        long newLow = oldLow + low;
        long carry = Long.compareUnsigned(newLow, oldLow) < 0 ? 1 : 0;
        long oldMiddle = Memory.getLong(state + MIDDLE);
        long sum = oldMiddle + middle;
        long newMiddle = sum + carry;
        boolean carried = Long.compareUnsigned(sum, oldMiddle) < 0 || Long.compareUnsigned(newMiddle, sum) < 0;
        Memory.putLong(state, newLow);
        Memory.putLong(state + MIDDLE, newMiddle);
        Memory.putLong(state + HIGH, Memory.getLong(state + HIGH) + high + (carried ? 1 : 0));
    }

    static long count(long state) {
        return Memory.getLong(state + COUNT);
    }

    static long low(long state) {
        return Memory.getLong(state);
    }

    static long high(long state) {
        return Memory.getLong(state + MIDDLE);
    }

    /** Whether the sum is a number of 128 bits. */
    static boolean fits128(long state) {
        return Memory.getLong(state + HIGH) == Memory.getLong(state + MIDDLE) >> 63;
    }

    /** Whether the sum is a number of 64 bits. */
    static boolean fits64(long state) {
        return fits128(state) && high(state) == low(state) >> 63;
    }

    /** The sum as the nearest floating-point number, or close to it. */
    static double toDouble(long state) {
        double high = Memory.getLong(state + HIGH) * 0x1p128;
        double middle = unsigned(Memory.getLong(state + MIDDLE)) * 0x1p64;
        return high + middle + unsigned(Memory.getLong(state));
    }

    private static double unsigned(long value) {
        double half = (value >>> 1) * 2.0;
        return half + (value & 1);
    }
}
