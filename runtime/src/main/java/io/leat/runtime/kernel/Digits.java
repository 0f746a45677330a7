package io.leat.runtime.kernel;

import io.leat.runtime.memory.Memory;

/**
 * Decimal digits in memory, eight at a time where there are eight: a little-endian load puts the first digit into the lowest
 * byte, so that one multiplication joins all pairs of neighbours. The technique is widely known; Daniel Lemire describes it in
 * "Quickly parsing eight digits" (2018).
 */
public final class Digits {
    /** Taken from eight bytes by exclusive or, leaves digits as numbers. */
    public static final long ZEROS = 0x3030_3030_3030_3030L;

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    /** Added to a byte, sets its high bit if the byte is above 9. */
    private static final long ABOVE_NINE = 0x7676_7676_7676_7676L;

    /** The two digits of 0 to 99, first digit in the low byte. */
    private static final short[] PAIRS = new short[100];

    static {
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = (short) (('0' + i / 10) | (('0' + i % 10) << 8));
        }
    }

    private Digits() {}

    /** Whether all eight bytes, from which '0' has been taken by exclusive or, are digits. */
    public static boolean areEight(long digits) {
        return (((digits + ABOVE_NINE) | digits) & HIGH_BITS) == 0;
    }

    /** The number of eight digits, from which '0' has been taken; the first in the lowest byte. */
    public static long eight(long digits) {
        long pairs = digits * 10 + (digits >>> 8); // in the even bytes
        long even = (pairs & 0x0000_00FF_0000_00FFL) * 0x000F_4240_0000_0064L; // 10^6 and 10^2
        long odd = (pairs >>> 16 & 0x0000_00FF_0000_00FFL) * 0x0000_2710_0000_0001L; // 10^4 and 1
        return (even + odd) >>> 32;
    }

    /** How many of eight bytes are digits before the first that is none; {@code '0'} has been taken from them. */
    public static int leading(long digits) {
        return Long.numberOfTrailingZeros((digits + ABOVE_NINE | digits) & HIGH_BITS) >>> 3;
    }

    /** The number of the first {@code count} of eight digits, at most seven. */
    public static long first(long digits, int count) {
        return eight(digits << 8 << 56 - 8 * count);
    }

    /** Whether a byte is a digit, and which: its value is 0 to 9, or negative, or larger. */
    static int at(long address) {
        return Memory.getByte(address) - '0';
    }

    static boolean isDigit(int digit) {
        return digit >= 0 && digit <= 9;
    }

    /** Writes the last {@code count} digits of a number that is not negative, with zeros in front. */
    static void write(long address, long value, int count) {
        long at = address + count;
        long rest = value;
        while (at - address >= 2) {
            long next = rest / 100;
            at -= 2;
            Memory.putShort(at, PAIRS[(int) (rest - next * 100)]);
            rest = next;
        }
        if (at > address) {
            Memory.putByte(at - 1, (byte) ('0' + rest % 10));
        }
    }

    /** Writes two digits. */
    static void writeTwo(long address, int value) {
        Memory.putShort(address, PAIRS[value]);
    }
}
