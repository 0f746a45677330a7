package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.RowError.Reason;
import io.leat.runtime.memory.Memory;

/**
 * Lengths and casts of text, and its single code points. Text is valid UTF-8 and counts in code points. Nothing allocates.
 *
 * <p>Elsewhere: {@link TextCase}, {@link TextTrim}, {@link TextParts}, {@link TextSearch}, {@link TextEdit}, {@link Encodings},
 * {@link LikeMatcher}, {@link RegexMatcher}.
 */
public final class Text {
    private static final int MAX_CODE_POINT = 0x10FFFF;

    private Text() {}

    /** OCTET_LENGTH. */
    public static int byteLength(long address, int length) {
        return length;
    }

    /** CHAR_LENGTH: how many code points. */
    public static int charLength(long address, int length) {
        return Utf8.count(address, length);
    }

    /** The order of code points: negative, 0 or positive. */
    public static int compare(long left, int leftLength, long right, int rightLength) {
        return Memory.compare(left, leftLength, right, rightLength);
    }

    public static boolean equal(long left, int leftLength, long right, int rightLength) {
        return leftLength == rightLength && Memory.equal(left, right, leftLength);
    }

    /** The cast to VARCHAR(n): the first {@code codePoints} code points. */
    public static void truncate(long address, int length, int codePoints, BytesResult result) {
        long end = address + length;
        long kept = length <= codePoints ? end : Utf8.skip(address, end, codePoints);
        result.view(address, (int) (kept - address));
    }

    /** Fails ({@code TOO_LARGE}) for text that a column of type VARCHAR(n) does not take. */
    public static void checkLength(long address, int length, int codePoints) {
        if (length > codePoints && Utf8.count(address, length) > codePoints) {
            throw new RowError(
                    Reason.TOO_LARGE,
                    Errors.quote(address, length) + " has " + Utf8.count(address, length)
                            + " characters and does not fit VARCHAR(" + codePoints + ")");
        }
    }

    /** The cast of VARBINARY to VARCHAR: the same bytes; an error ({@code BAD_CAST}) if they are not valid UTF-8. */
    public static void fromBinary(long address, int length, BytesResult result) {
        int invalid = Utf8.firstInvalid(address, length);
        if (invalid >= 0) {
            throw new RowError(
                    Reason.BAD_CAST, Errors.quote(address, length) + " is not valid UTF-8 at byte " + (invalid + 1));
        }
        result.view(address, length);
    }

    /** As {@link #fromBinary}, but answers false where that fails. */
    public static boolean tryFromBinary(long address, int length, BytesResult result) {
        result.view(address, length);
        return Utf8.isValid(address, length);
    }

    /** ASCII: the first code point, or 0 for empty text. */
    public static int ascii(long address, int length) {
        return length == 0 ? 0 : Utf8.codePoint(address, address + length);
    }

    /** CHR: the text of one code point. An error ({@code BAD_ARGUMENT}) for 0 and for what is no code point. */
    public static void chr(long codePoint, BytesResult result) {
        boolean isSurrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        if (codePoint < 1 || codePoint > MAX_CODE_POINT || isSurrogate) {
            throw Errors.badArgument(codePoint + " is no code point of a character");
        }
        long start = result.reserve(Utf8.MAX_BYTES);
        result.length((int) (Utf8.put(start, (int) codePoint) - start));
    }

    /** Adds text to what {@code result} holds of its own; {@code ||} and CONCAT are {@code clear} and a call for each operand. */
    public static void append(long address, int length, BytesResult result) {
        Room.reserve(result, (long) result.length() + length);
        result.append(address, length);
    }
}
