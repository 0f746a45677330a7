package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;

/**
 * Parts of text: SUBSTRING, LEFT, RIGHT, SPLIT_INDEX, SPLIT_PART. Positions count code points. Results are views of the text;
 * nothing allocates. Positions outside the text are no error, but a negative length and part 0 are ({@code BAD_ARGUMENT}).
 */
public final class TextParts {
    private TextParts() {}

    /** From the code point {@code start}, counted from 1, to the end. */
    public static void substring(long address, int length, long start, BytesResult result) {
        long end = address + length;
        long from = start <= 1 ? address : Utf8.skip(address, end, start - 1);
        result.view(from, (int) (end - from));
    }

    /** {@code count} code points from {@code start}, counted from 1; what lies before 1 counts, but is not there. */
    public static void substring(long address, int length, long start, long count, BytesResult result) {
        if (count < 0) {
            throw Errors.badArgument("SUBSTRING with a negative length: " + count);
        }
        long first = Math.max(start, 1);
        long behind = start + count;
        if (start > 0 && behind < 0) {
            behind = Long.MAX_VALUE; // past any text
        }
        long end = address + length;
        long from = Utf8.skip(address, end, first - 1);
        long to = behind <= first ? from : Utf8.skip(from, end, behind - first);
        result.view(from, (int) (to - from));
    }

    /** The first {@code count} code points; with a negative count, all but the last {@code -count}. */
    public static void left(long address, int length, long count, BytesResult result) {
        long end = address + length;
        long to = count >= 0 ? Utf8.skip(address, end, count) : Utf8.skipBack(address, end, opposite(count));
        result.view(address, (int) (to - address));
    }

    /** The last {@code count} code points; with a negative count, all but the first {@code -count}. */
    public static void right(long address, int length, long count, BytesResult result) {
        long end = address + length;
        long from = count >= 0 ? Utf8.skipBack(address, end, count) : Utf8.skip(address, end, opposite(count));
        result.view(from, (int) (end - from));
    }

    private static long opposite(long count) {
        return count == Long.MIN_VALUE ? Long.MAX_VALUE : -count;
    }

    /**
     * The part with a number counted from 0 of text split at a delimiter. NULL past the last part, for a negative number, and for
     * empty text, which has no parts; with an empty delimiter the text is one part.
     */
    public static void splitIndex(
            long address, int length, long delimiter, int delimiterLength, long index, BytesResult result) {
        if (index < 0 || length == 0 || !findPart(address, length, delimiter, delimiterLength, index, result)) {
            result.setNull();
        }
    }

    /**
     * The part with a number counted from 1, or from the end if negative, of text split at a delimiter; empty where there is
     * none. With an empty delimiter the text is one part.
     */
    public static void splitPart(
            long address, int length, long delimiter, int delimiterLength, long part, BytesResult result) {
        if (part == 0) {
            throw Errors.badArgument("SPLIT_PART counts parts from 1, or from -1 backwards: 0");
        }
        long index = part > 0 ? part - 1 : countParts(address, length, delimiter, delimiterLength) + part;
        if (index < 0 || !findPart(address, length, delimiter, delimiterLength, index, result)) {
            result.view(address, 0);
        }
    }

    private static boolean findPart(
            long address, int length, long delimiter, int delimiterLength, long index, BytesResult result) {
        int from = 0;
        for (long i = 0; i < index; i++) {
            int found = find(address, length, delimiter, delimiterLength, from);
            if (found < 0) {
                return false;
            }
            from = found + delimiterLength;
        }
        int to = find(address, length, delimiter, delimiterLength, from);
        result.view(address + from, (to < 0 ? length : to) - from);
        return true;
    }

    private static long countParts(long address, int length, long delimiter, int delimiterLength) {
        long parts = 1;
        int found = find(address, length, delimiter, delimiterLength, 0);
        while (found >= 0) {
            parts++;
            found = find(address, length, delimiter, delimiterLength, found + delimiterLength);
        }
        return parts;
    }

    private static int find(long address, int length, long delimiter, int delimiterLength, int from) {
        return delimiterLength == 0 ? -1 : TextSearch.find(address, length, delimiter, delimiterLength, from);
    }
}
