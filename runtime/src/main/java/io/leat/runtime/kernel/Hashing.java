package io.leat.runtime.kernel;

import io.leat.runtime.memory.Memory;

/**
 * Hashes of 64 bits for group keys, join keys and virtual partitions. They are written down with state and must never change;
 * golden values in a test hold them. Every bit depends on every bit of the input, so tables may take low bits while virtual
 * partitions take the highest. Not meant against attackers who choose keys.
 *
 * <p>Our own construction of a published building block: two words are multiplied to 128 bits and the halves folded together, as
 * in wyhash (Wang Yi, "Modern non-cryptographic hash function and pseudorandom number generator", 2019) and its successor
 * rapidhash. The factors are folded in once more, so that a factor of zero does not wipe out the other one.
 */
public final class Hashing {
    /** The hash of NULL, where NULL is a key. */
    public static final long NULL_HASH = 0x9C06_FAF4_D023_E3ABL;

    private static final int PARTITION_BITS = 7;
    /** How many virtual partitions there are. */
    public static final int PARTITIONS = 1 << PARTITION_BITS;

    // Odd numbers with about as many ones as zeros: the fractions of the square roots of 2, 3 and 5.
    private static final long FIRST = 0x6A09_E667_F3BC_C909L;
    private static final long SECOND = 0xBB67_AE85_84CA_A73BL;
    private static final long THIRD = 0x3C6E_F372_FE94_F82BL;

    private Hashing() {}

    private static long fold(long left, long right) {
        return Wide.multiplyHigh(left, right) ^ left * right ^ left ^ right;
    }

    /** Of every integer type, date, time, timestamp, interval, and a decimal of up to 18 digits. */
    public static long hashInt64(long value) {
        return fold(fold(value ^ FIRST, SECOND), THIRD);
    }

    public static long hashBoolean(boolean value) {
        return hashInt64(value ? 1 : 0);
    }

    /** Of a wide decimal; the same as that of a narrow one with the same unscaled value. */
    public static long hashInt128(long high, long low) {
        return high == low >> 63 ? hashInt64(low) : combine(hashInt64(low), high);
    }

    /** The same for -0.0 as for 0.0. */
    public static long hashFloat64(double value) {
        return hashInt64(Double.doubleToRawLongBits(value + 0.0));
    }

    /** The same as that of the same number as a DOUBLE. */
    public static long hashFloat32(float value) {
        return hashFloat64(value);
    }

    /** Of text and bytes. Reads no byte outside the range. */
    public static long hashBytes(long address, int length) {
        long state = THIRD ^ length;
        long at = address;
        long end = address + length;
        for (; end - at > 16; at += 16) {
            state = fold(Memory.getLong(at) ^ SECOND, Memory.getLong(at + 8) ^ state);
        }
        long first;
        long last;
        if (length >= 16) {
            first = Memory.getLong(end - 16); // overlaps with what the loop has read
            last = Memory.getLong(end - 8);
        } else if (length >= 8) {
            first = Memory.getLong(address);
            last = Memory.getLong(end - 8);
        } else if (length >= 4) {
            first = Memory.getInt(address);
            last = Memory.getInt(end - 4);
        } else {
            first = length == 0 ? 0 : Memory.getByte(address) << 8 | (Memory.getByte(address + (length >> 1)) & 0xFF);
            last = length == 0 ? 0 : Memory.getByte(end - 1);
        }
        return fold(fold(first ^ SECOND, last ^ state), THIRD);
    }

    /** The hash of a key of several columns, from the hash of the columns before and that of the next one. */
    public static long combine(long hash, long next) {
        return fold(fold(hash ^ FIRST, next ^ SECOND), THIRD);
    }

    /** The virtual partition that a key with this hash belongs to: 0 to 127. */
    public static int virtualPartition(long hash) {
        return (int) (hash >>> (64 - PARTITION_BITS));
    }
}
