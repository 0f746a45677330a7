package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;

/**
 * Many key columns as one run of bytes: for each a byte that says whether it is NULL, then its value, text behind its length. Equal
 * keys have equal bytes.
 */
public final class PackedKey {
    private PackedKey() {}

    public static void putNull(BytesResult key) {
        key.append((byte) 1);
    }

    public static void put(BytesResult key, boolean value) {
        key.append((byte) 0);
        key.append((byte) (value ? 1 : 0));
    }

    public static void put(BytesResult key, int value) {
        key.append((byte) 0);
        append(key, value, Integer.BYTES);
    }

    public static void put(BytesResult key, long value) {
        key.append((byte) 0);
        append(key, value, Long.BYTES);
    }

    public static void put(BytesResult key, float value) {
        put(key, Float.floatToRawIntBits(value));
    }

    public static void put(BytesResult key, double value) {
        put(key, Double.doubleToRawLongBits(value));
    }

    /** A wide decimal. */
    public static void put(BytesResult key, long high, long low) {
        key.append((byte) 0);
        append(key, low, Long.BYTES);
        append(key, high, Long.BYTES);
    }

    /** Text or bytes. */
    public static void put(BytesResult key, long address, int length) {
        key.append((byte) 0);
        append(key, length, Integer.BYTES);
        Text.append(address, length, key);
    }

    private static void append(BytesResult key, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            key.append((byte) (value >>> 8 * i));
        }
    }

    /** Whether the column that begins at this address is NULL. */
    public static boolean isNull(long address) {
        return Memory.getByte(address) != 0;
    }

    /** Where the column behind the one at this address begins. {@code width} is that of its value, -1 for text and bytes. */
    public static long next(long address, int width) {
        if (isNull(address)) {
            return address + 1;
        }
        return width >= 0 ? address + 1 + width : address + 5 + Memory.getInt(address + 1);
    }
}
