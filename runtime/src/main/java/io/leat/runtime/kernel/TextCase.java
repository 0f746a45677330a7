package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * UPPER, LOWER and INITCAP, in no particular language: text of ASCII letters in eight bytes at a time, other text as
 * {@code String} maps it, which allocates. Never fails.
 */
public final class TextCase {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int CASE_BIT = 0x20;

    private TextCase() {}

    public static void upper(long address, int length, BytesResult result) {
        if (!mapAscii(address, length, 'a', 'z', result)) {
            String text = new String(Memory.toArray(address, length), StandardCharsets.UTF_8);
            put(text.toUpperCase(Locale.ROOT), result);
        }
    }

    public static void lower(long address, int length, BytesResult result) {
        if (!mapAscii(address, length, 'A', 'Z', result)) {
            String text = new String(Memory.toArray(address, length), StandardCharsets.UTF_8);
            put(text.toLowerCase(Locale.ROOT), result);
        }
    }

    private static void put(String text, BytesResult result) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Memory.copy(bytes, 0, Room.reserve(result, bytes.length), bytes.length);
        result.length(bytes.length);
    }

    /** Flips the case of the letters from {@code first} to {@code last}; false if the text is not all ASCII. */
    private static boolean mapAscii(long address, int length, int first, int last, BytesResult result) {
        long to = Room.reserve(result, length);
        // Added to an ASCII byte, these set its high bit from the first letter on, and behind the last one.
        long fromFirst = (0x80L - first) * ONES;
        long behindLast = (0x7FL - last) * ONES;
        long seen = 0;
        long flipped = 0;
        int done = 0;
        for (; done + 8 <= length; done += 8) {
            long word = Memory.getLong(address + done);
            long ascii = word & ~HIGH_BITS;
            long letters = (ascii + fromFirst) & ~(ascii + behindLast) & HIGH_BITS;
            seen |= word;
            flipped |= letters;
            Memory.putLong(to + done, word ^ letters >>> 2);
        }
        for (; done < length; done++) {
            int value = Memory.getByte(address + done);
            boolean isLetter = value >= first && value <= last;
            seen |= value;
            flipped |= isLetter ? 1 : 0;
            Memory.putByte(to + done, (byte) (isLetter ? value ^ CASE_BIT : value));
        }
        if (flipped == 0) {
            result.view(address, length);
        } else {
            result.length(length);
        }
        return (seen & HIGH_BITS) == 0;
    }

    /** Each word, which is of letters and digits, with its first letter in upper case and the others in lower. Allocates nothing. */
    public static void initcap(long address, int length, BytesResult result) {
        long end = address + length;
        // A letter of two bytes may map to one of three.
        long start = Room.reserve(result, Utf8.isAscii(address, length) ? length : length * 3L / 2);
        long to = start;
        boolean inWord = false;
        for (long at = address; at < end; at = Utf8.next(at, end)) {
            int codePoint = Utf8.codePoint(at, end);
            to = Utf8.put(to, inWord ? Character.toLowerCase(codePoint) : Character.toTitleCase(codePoint));
            inWord = Character.isLetterOrDigit(codePoint);
        }
        result.length((int) (to - start));
    }
}
