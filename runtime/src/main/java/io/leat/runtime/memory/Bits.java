package io.leat.runtime.memory;

/** Bit maps in Arrow's order: bit {@code i} is bit {@code i % 8} of byte {@code i / 8}, least significant first. */
public final class Bits {
    private Bits() {}

    public static boolean isSet(long address, int index) {
        return (Memory.getByte(address + (index >>> 3)) >>> (index & 7) & 1) != 0;
    }

    public static void set(long address, int index) {
        long at = address + (index >>> 3);
        Memory.putByte(at, (byte) (Memory.getByte(at) | 1 << (index & 7)));
    }

    public static void clear(long address, int index) {
        long at = address + (index >>> 3);
        Memory.putByte(at, (byte) (Memory.getByte(at) & ~(1 << (index & 7))));
    }

    public static void put(long address, int index, boolean value) {
        if (value) {
            set(address, index);
        } else {
            clear(address, index);
        }
    }

    /** Bytes that hold {@code count} bits, rounded up to eight bytes so that whole words can be read. */
    public static long bytes(long count) {
        return (count + 63) >>> 6 << 3;
    }

    /** How many of the first {@code count} bits are set. */
    public static int count(long address, int count) {
        int total = 0;
        int index = 0;
        for (; index + 64 <= count; index += 64) {
            total += Long.bitCount(Memory.getLong(address + (index >>> 3)));
        }
        for (; index < count; index++) {
            total += isSet(address, index) ? 1 : 0;
        }
        return total;
    }
}
