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

    /** The sum as the nearest floating-point number. */
    static double toDouble(long state) {
        long high = Memory.getLong(state + HIGH);
        long middle = Memory.getLong(state + MIDDLE);
        long low = Memory.getLong(state);
        if (high >= 0) {
            return ofMagnitude(high, middle, low);
        }
        // The words of a negative number are near those of 2^192, in which its own digits would be lost.
        boolean borrows = low == 0;
        return -ofMagnitude(~high + (borrows && middle == 0 ? 1 : 0), ~middle + (borrows ? 1 : 0), -low);
    }

    /** Of words without sign. */
    private static double ofMagnitude(long high, long middle, long low) {
        if (high != 0) {
            return ofTop(high, middle, low != 0, 128);
        }
        return middle != 0 ? ofTop(middle, low, false, 64) : ofTop(low, 0, false, 0);
    }

    /** {@code (top * 2^64 + next) * 2^(exponent - 64)}, and a bit more where there is something behind it, rounded once. */
    private static double ofTop(long top, long next, boolean more, int exponent) {
        int shift = Long.numberOfLeadingZeros(top);
        long bits = top << shift | (shift == 0 ? 0 : next >>> (64 - shift));
        boolean sticky = more || next << shift != 0;
        // One bit less fits into a long; the last one says whether there is anything behind those that count.
        long half = bits >>> 1 | bits & 1 | (sticky ? 1 : 0);
        return Math.scalb((double) half, 1 + exponent - shift);
    }
}
