package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Physical;

/**
 * Values as bytes whose unsigned order is the order of the values, and back. A value is a mark and, unless it is NULL, its bytes with
 * the sign turned and the highest one first; text and bytes have an end mark. Equal values give equal bytes, -0.0 and 0.0 too, and no
 * value is the beginning of another one of its type.
 *
 * <p>Writing appends to what a result holds of its own. Whole numbers of up to 32 bits are as wide as an {@code int}.
 */
public final class OrderedBytes {
    /** Mark of NULL where NULLs come first, and never that of an element. */
    public static final int LOW = 0;
    /** Mark of a value that is there. */
    public static final int PRESENT = 1;
    /** Mark of NULL where NULLs come last. */
    public static final int HIGH = 2;

    private static final byte ESCAPE = 0;
    private static final byte ESCAPED_ZERO = (byte) 0xFF;
    private static final int SHORT = 4 << 10;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private OrderedBytes() {}

    // ---- writing
    // -------------------------------------------------------------------------------------------------------

    /** NULL, before all values or behind them. */
    public static void putNull(BytesResult out, int mark) {
        out.append((byte) mark);
    }

    public static void put(BytesResult out, boolean value) {
        out.append((byte) PRESENT);
        out.append((byte) (value ? 1 : 0));
    }

    public static void put(BytesResult out, int value) {
        out.append((byte) PRESENT);
        number(out, value, Integer.BYTES);
    }

    public static void put(BytesResult out, long value) {
        out.append((byte) PRESENT);
        number(out, value, Long.BYTES);
    }

    public static void put(BytesResult out, float value) {
        out.append((byte) PRESENT);
        number(out, ordered(value), Integer.BYTES);
    }

    public static void put(BytesResult out, double value) {
        out.append((byte) PRESENT);
        number(out, ordered(value), Long.BYTES);
    }

    /** A wide decimal. */
    public static void put(BytesResult out, long high, long low) {
        out.append((byte) PRESENT);
        number(out, high, Long.BYTES);
        number(out, low ^ Long.MIN_VALUE, Long.BYTES);
    }

    /** Text or bytes. */
    public static void put(BytesResult out, long address, int length) {
        out.append((byte) PRESENT);
        marked(out, address, length);
    }

    /** Turns the order of what was appended since the result had this length. The mark is left as it is. */
    public static void invert(BytesResult out, int from) {
        if (Memory.getByte(out.address() + from) == PRESENT) {
            invertAll(out, from + 1);
        }
    }

    /** Inverts all bytes behind a length. */
    public static void invertAll(BytesResult out, int from) {
        for (long at = out.address() + from; at < out.address() + out.length(); at++) {
            Memory.putByte(at, (byte) ~Memory.getByte(at));
        }
    }

    /** The low bytes of a signed number, sign turned, highest first, without mark. */
    public static void number(BytesResult out, long value, int width) {
        int at = out.length();
        long room = Room.reserve(out, at + (long) Long.BYTES);
        Memory.putLong(room + at, Long.reverseBytes((value << (Long.SIZE - Byte.SIZE * width)) ^ Long.MIN_VALUE));
        out.length(at + width);
    }

    /** The number whose order is that of floating-point numbers; both zeros are one. */
    public static int ordered(float value) {
        int bits = Float.floatToRawIntBits(value + 0.0f);
        return bits < 0 ? ~bits ^ Integer.MIN_VALUE : bits;
    }

    public static long ordered(double value) {
        long bits = Double.doubleToRawLongBits(value + 0.0);
        return bits < 0 ? ~bits ^ Long.MIN_VALUE : bits;
    }

    /** The number that {@link #ordered(double)} was made from. */
    public static double unordered(long bits) {
        return Double.longBitsToDouble(bits < 0 ? ~bits ^ Long.MIN_VALUE : bits);
    }

    /** Text or bytes with their end mark: zeros within them are escaped. */
    public static void marked(BytesResult out, long address, int length) {
        int start = out.length();
        // Of a long text it is worth knowing how many bytes will have to be escaped; mostly none.
        int escapes = length <= SHORT ? length : zeros(address, length);
        long to = Room.reserve(out, (long) start + length + escapes + 2) + start;
        long end = address + length;
        for (long at = address; at < end; ) {
            if (at + Long.BYTES <= end && !hasZero(Memory.getLong(at))) {
                Memory.putLong(to, Memory.getLong(at));
                at += Long.BYTES;
                to += Long.BYTES;
                continue;
            }
            byte value = Memory.getByte(at++);
            Memory.putByte(to++, value);
            if (value == ESCAPE) {
                Memory.putByte(to++, ESCAPED_ZERO);
            }
        }
        Memory.putByte(to++, ESCAPE);
        Memory.putByte(to++, (byte) 0);
        out.length((int) (to - out.address()));
    }

    private static int zeros(long address, int length) {
        int zeros = 0;
        for (int i = 0; i < length; i++) {
            zeros += Memory.getByte(address + i) == 0 ? 1 : 0;
        }
        return zeros;
    }

    private static boolean hasZero(long word) {
        return (word - LOW_BITS & ~word & HIGH_BITS) != 0;
    }

    // ---- reading
    // -------------------------------------------------------------------------------------------------------

    /** Whether the value that begins at an address is NULL. */
    public static boolean isNull(long address) {
        return Memory.getByte(address) != PRESENT;
    }

    public static boolean readBoolean(long address) {
        return Memory.getByte(address + 1) != 0;
    }

    public static int readInt(long address) {
        return Integer.reverseBytes(Memory.getInt(address + 1)) ^ Integer.MIN_VALUE;
    }

    public static long readLong(long address) {
        return readBare(address + 1);
    }

    /** A number without mark, as {@link #number} writes it. */
    public static long readBare(long address) {
        return Long.reverseBytes(Memory.getLong(address)) ^ Long.MIN_VALUE;
    }

    public static float readFloat(long address) {
        int bits = readInt(address);
        return Float.intBitsToFloat(bits < 0 ? ~bits ^ Integer.MIN_VALUE : bits);
    }

    public static double readDouble(long address) {
        return unordered(readLong(address));
    }

    /** Reads a wide decimal. */
    public static void readWide(long address, Int128Result result) {
        result.high = readBare(address + 1);
        result.low = readBare(address + 1 + Long.BYTES) ^ Long.MIN_VALUE;
    }

    /** Reads text or bytes: as a view where nothing in them was escaped. */
    public static void readBytes(long address, BytesResult result) {
        long start = address + 1;
        long end = zeroFrom(start);
        if (Memory.getByte(end + 1) == 0) {
            result.view(start, (int) (end - start));
            return;
        }
        result.clear();
        appendBytes(address, result);
    }

    /** Appends text or bytes to what a result holds of its own; answers where the bytes behind them are. */
    public static long appendBytes(long address, BytesResult result) {
        long start = address + 1;
        while (true) {
            long end = zeroFrom(start);
            boolean isEnd = Memory.getByte(end + 1) == 0;
            Text.append(start, (int) (end - start) + (isEnd ? 0 : 1), result);
            if (isEnd) {
                return end + 2;
            }
            start = end + 2;
        }
    }

    /** Bytes that values of a form take without their mark; -1 for text and bytes, which end where they say. */
    public static int width(Physical physical) {
        return switch (physical) {
            case BOOL -> 1;
            case INT8, INT16, INT32, FLOAT32 -> Integer.BYTES;
            case INT64, FLOAT64 -> Long.BYTES;
            case INT128 -> 2 * Long.BYTES;
            case BYTES -> -1;
            case ROW -> throw new IllegalArgumentException("a row has no bytes of its own");
        };
    }

    /**
     * Where the bytes behind a value are.
     *
     * @param width bytes of a value without its mark; -1 for text and bytes
     */
    public static long next(long address, int width) {
        if (isNull(address)) {
            return address + 1;
        }
        if (width >= 0) {
            return address + 1 + width;
        }
        long end = zeroFrom(address + 1);
        while (Memory.getByte(end + 1) != 0) {
            end = zeroFrom(end + 2);
        }
        return end + 2;
    }

    private static long zeroFrom(long address) {
        long at = address;
        while (Memory.getByte(at) != ESCAPE) {
            at++;
        }
        return at;
    }
}
