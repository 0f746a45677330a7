package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import java.util.Arrays;

/**
 * Bytes as text and back: base64 (RFC 4648, section 4) and hexadecimal. Decoding other characters is an error
 * ({@code BAD_ARGUMENT}). A result above 16 MiB is one, too ({@code TOO_LARGE}). Nothing allocates in steady state.
 */
public final class Encodings {
    private static final byte[] BASE64 = new byte[64];
    private static final byte[] BASE64_VALUES = new byte[128];
    private static final byte NONE = -1;
    private static final byte PAD = '=';

    static {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        Arrays.fill(BASE64_VALUES, NONE);
        for (int i = 0; i < BASE64.length; i++) {
            BASE64[i] = (byte) alphabet.charAt(i);
            BASE64_VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private Encodings() {}

    public static void toBase64(long address, int length, BytesResult result) {
        long bytes = (length + 2L) / 3 * 4;
        long to = Room.reserve(result, bytes);
        int done = 0;
        for (; done + 3 <= length; done += 3) {
            int group = read(address, done) << 16 | read(address, done + 1) << 8 | read(address, done + 2);
            putBase64(to, group);
            to += 4;
        }
        if (done < length) {
            int last = done + 1 < length ? read(address, done + 1) : 0;
            putBase64(to, read(address, done) << 16 | last << 8);
            Memory.putByte(to + 3, PAD);
            if (done + 1 == length) {
                Memory.putByte(to + 2, PAD);
            }
        }
        result.length((int) bytes);
    }

    private static int read(long address, int index) {
        return Memory.getByte(address + index) & 0xFF;
    }

    private static void putBase64(long to, int group) {
        Memory.putByte(to, BASE64[group >>> 18]);
        Memory.putByte(to + 1, BASE64[group >>> 12 & 63]);
        Memory.putByte(to + 2, BASE64[group >>> 6 & 63]);
        Memory.putByte(to + 3, BASE64[group & 63]);
    }

    /** Bytes of base64 text, with or without padding at its end. */
    public static void fromBase64(long address, int length, BytesResult result) {
        int digits = length;
        while (digits > 0 && length - digits < 2 && (length & 3) == 0 && Memory.getByte(address + digits - 1) == PAD) {
            digits--;
        }
        if ((digits & 3) == 1) {
            throw Errors.badArgument(Errors.quote(address, length) + " is no base64");
        }
        long bytes = digits * 3L / 4;
        long start = Room.reserve(result, bytes);
        long to = start;
        int group = 0;
        int valid = 0; // turns negative with the first other character
        for (int i = 0; i < digits; i++) {
            int value = base64Value(Memory.getByte(address + i));
            valid |= value;
            group = group << 6 | value;
            if ((i & 3) != 0) {
                int shift = 6 - 2 * (i & 3);
                Memory.putByte(to++, (byte) (group >>> shift));
            }
        }
        if (valid < 0) {
            throw Errors.badArgument(Errors.quote(address, length) + " is no base64");
        }
        result.length((int) bytes);
    }

    private static int base64Value(byte digit) {
        return digit < 0 ? NONE : BASE64_VALUES[digit];
    }

    /** Two digits per byte, in upper case. */
    public static void toHex(long address, int length, BytesResult result) {
        long to = Room.reserve(result, 2L * length);
        for (int i = 0; i < length; i++) {
            putHex(to + 2L * i, read(address, i));
        }
        result.length(2 * length);
    }

    /** A number as in two's complement, in upper case and without zeros in front. */
    public static void toHex(long number, BytesResult result) {
        int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(number)) / 4);
        long to = result.reserve(16);
        for (int i = 0; i < digits; i++) {
            Memory.putByte(to + digits - 1 - i, hexDigit((int) (number >>> (4 * i)) & 15));
        }
        result.length(digits);
    }

    static void putHex(long to, int value) {
        Memory.putByte(to, hexDigit(value >>> 4));
        Memory.putByte(to + 1, hexDigit(value & 15));
    }

    private static byte hexDigit(int value) {
        return (byte) (value < 10 ? '0' + value : 'A' - 10 + value);
    }

    /** Bytes of hexadecimal text, in any case, two digits per byte. */
    public static void fromHex(long address, int length, BytesResult result) {
        long to = Room.reserve(result, length / 2);
        int valid = length << 31; // an odd length is negative here
        for (int i = 0; i + 1 < length; i += 2) {
            int value = hexValue(Memory.getByte(address + i)) << 4 | hexValue(Memory.getByte(address + i + 1));
            valid |= value;
            Memory.putByte(to + i / 2, (byte) value);
        }
        if (valid < 0) {
            throw Errors.badArgument(Errors.quote(address, length) + " is no hexadecimal text");
        }
        result.length(length / 2);
    }

    private static int hexValue(byte digit) {
        int letter = digit | 0x20;
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : NONE;
    }
}
