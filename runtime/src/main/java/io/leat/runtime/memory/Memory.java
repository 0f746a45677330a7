package io.leat.runtime.memory;

import java.lang.reflect.Field;
import java.nio.ByteOrder;
import sun.misc.Unsafe;

/**
 * Loads and stores at raw addresses, in native byte order, aligned or not. Only little-endian machines are supported, because
 * Arrow buffers and state layouts are little-endian.
 *
 * <p>An address that does not belong to the caller crashes the JVM. Every method is safe from any thread as far as the bytes
 * themselves are.
 */
public final class Memory {
    private static final Unsafe UNSAFE = unsafe();
    private static final long BYTE_ARRAY = Unsafe.ARRAY_BYTE_BASE_OFFSET;

    static {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new ExceptionInInitializerError("Leat needs a little-endian machine");
        }
    }

    private Memory() {}

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    public static byte getByte(long address) {
        return UNSAFE.getByte(address);
    }

    public static short getShort(long address) {
        return UNSAFE.getShort(address);
    }

    public static int getInt(long address) {
        return UNSAFE.getInt(address);
    }

    public static long getLong(long address) {
        return UNSAFE.getLong(address);
    }

    public static float getFloat(long address) {
        return UNSAFE.getFloat(address);
    }

    public static double getDouble(long address) {
        return UNSAFE.getDouble(address);
    }

    public static void putByte(long address, byte value) {
        UNSAFE.putByte(address, value);
    }

    public static void putShort(long address, short value) {
        UNSAFE.putShort(address, value);
    }

    public static void putInt(long address, int value) {
        UNSAFE.putInt(address, value);
    }

    public static void putLong(long address, long value) {
        UNSAFE.putLong(address, value);
    }

    public static void putFloat(long address, float value) {
        UNSAFE.putFloat(address, value);
    }

    public static void putDouble(long address, double value) {
        UNSAFE.putDouble(address, value);
    }

    /** Reads eight bytes of a heap array as one little-endian number; {@code offset + 8 <= array.length} is the caller's duty. */
    public static long getLong(byte[] array, int offset) {
        return UNSAFE.getLong(array, BYTE_ARRAY + offset);
    }

    public static void fill(long address, long bytes, byte value) {
        UNSAFE.setMemory(address, bytes, value);
    }

    /** Copies between two ranges that do not overlap. */
    public static void copy(long from, long to, long bytes) {
        UNSAFE.copyMemory(from, to, bytes);
    }

    /** As {@link #copy}, for ranges that may overlap: the bytes arrive as they were before. */
    public static void move(long from, long to, long bytes) {
        // The JDK relies on the same for compacting a direct buffer.
        UNSAFE.copyMemory(from, to, bytes);
    }

    /**
     * Copies a short range, such as a key, with a plain loop: for the lengths of names and ids it beats the call that
     * {@link #copy} makes. Writes exactly {@code bytes} bytes. The ranges do not overlap.
     */
    public static void copyShort(long from, long to, int bytes) {
        if (bytes >= 8) {
            int last = bytes - 8;
            for (int done = 0; done < last; done += 8) {
                UNSAFE.putLong(to + done, UNSAFE.getLong(from + done));
            }
            // The last word overlaps with the one before, so that no byte is copied by itself.
            UNSAFE.putLong(to + last, UNSAFE.getLong(from + last));
            return;
        }
        for (int done = 0; done < bytes; done++) {
            UNSAFE.putByte(to + done, UNSAFE.getByte(from + done));
        }
    }

    /** Copies in whole words: up to seven bytes more are read and written, which both sides must have room for. */
    public static void copyWords(long from, long to, int bytes) {
        for (int done = 0; done < bytes; done += 8) {
            UNSAFE.putLong(to + done, UNSAFE.getLong(from + done));
        }
    }

    public static void copy(byte[] from, int offset, long to, int bytes) {
        UNSAFE.copyMemory(from, BYTE_ARRAY + offset, null, to, bytes);
    }

    public static void copy(long from, byte[] to, int offset, int bytes) {
        UNSAFE.copyMemory(null, from, to, BYTE_ARRAY + offset, bytes);
    }

    public static byte[] toArray(long address, int bytes) {
        byte[] array = new byte[bytes];
        copy(address, array, 0, bytes);
        return array;
    }

    /** Whether two ranges of {@code bytes} bytes hold the same bytes. */
    public static boolean equal(long left, long right, int bytes) {
        int done = 0;
        for (; done + 8 <= bytes; done += 8) {
            if (UNSAFE.getLong(left + done) != UNSAFE.getLong(right + done)) {
                return false;
            }
        }
        if (bytes >= 8) {
            return UNSAFE.getLong(left + bytes - 8) == UNSAFE.getLong(right + bytes - 8);
        }
        for (; done < bytes; done++) {
            if (UNSAFE.getByte(left + done) != UNSAFE.getByte(right + done)) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes two ranges have in common from their start, at most {@code bytes}. */
    public static int common(long left, long right, int bytes) {
        int done = 0;
        for (; done + 8 <= bytes; done += 8) {
            long difference = UNSAFE.getLong(left + done) ^ UNSAFE.getLong(right + done);
            if (difference != 0) {
                return done + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
        }
        while (done < bytes && UNSAFE.getByte(left + done) == UNSAFE.getByte(right + done)) {
            done++;
        }
        return done;
    }

    /** Compares byte by byte, as unsigned numbers; a prefix is smaller. For UTF-8 this is the order of code points. */
    public static int compare(long left, int leftBytes, long right, int rightBytes) {
        int common = Math.min(leftBytes, rightBytes);
        int done = 0;
        for (; done + 8 <= common; done += 8) {
            long a = UNSAFE.getLong(left + done);
            long b = UNSAFE.getLong(right + done);
            if (a != b) {
                return Long.compareUnsigned(Long.reverseBytes(a), Long.reverseBytes(b));
            }
        }
        for (; done < common; done++) {
            int difference = (UNSAFE.getByte(left + done) & 0xFF) - (UNSAFE.getByte(right + done) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return leftBytes - rightBytes;
    }
}
