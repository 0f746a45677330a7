package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;

/**
 * Text made from other text: REPLACE, REVERSE, REPEAT, LPAD, RPAD, TRANSLATE, OVERLAY. Positions and lengths count code points.
 * A result above 16 MiB is an error ({@code TOO_LARGE}). Nothing allocates in steady state.
 */
public final class TextEdit {
    private TextEdit() {}

    /** Every occurrence of {@code part} replaced, from left to right; an empty part occurs nowhere. */
    public static void replace(
            long address,
            int length,
            long part,
            int partLength,
            long replacement,
            int replacementLength,
            BytesResult result) {
        int found = partLength == 0 ? -1 : TextSearch.find(address, length, part, partLength, 0);
        if (found < 0) {
            result.view(address, length);
            return;
        }
        result.clear();
        int from = 0;
        while (found >= 0) {
            Text.append(address + from, found - from, result);
            Text.append(replacement, replacementLength, result);
            from = found + partLength;
            found = TextSearch.find(address, length, part, partLength, from);
        }
        Text.append(address + from, length - from, result);
    }

    public static void reverse(long address, int length, BytesResult result) {
        long end = address + length;
        long start = Room.reserve(result, length);
        long to = start + length;
        for (long at = address; at < end; ) {
            long next = Utf8.next(at, end);
            to -= next - at;
            Room.copy(at, to, next - at);
            at = next;
        }
        result.length(length);
    }

    /** The text so many times; empty for 0 and less. */
    public static void repeat(long address, int length, long times, BytesResult result) {
        if (times <= 0 || length == 0) {
            result.view(address, 0);
            return;
        }
        // Capped before the product, which could overflow; the capped one still passes the limit.
        long bytes = Math.min(times, Integer.MAX_VALUE) * length;
        long start = Room.reserve(result, bytes);
        Room.copy(address, start, length);
        for (long done = length; done < bytes; ) {
            long next = Math.min(done, bytes - done);
            Memory.copy(start, start + done, next);
            done += next;
        }
        result.length((int) bytes);
    }

    /**
     * The text at the end of {@code count} code points, the rest filled with {@code fill} from the left; its first {@code count}
     * code points if it has more. Empty for a negative count; not filled if {@code fill} is empty.
     */
    public static void padStart(long address, int length, long count, long fill, int fillLength, BytesResult result) {
        long missing = missing(address, length, count, fillLength, result);
        if (missing > 0) {
            long fillBytes = fillBytes(missing, fill, fillLength);
            long start = Room.reserve(result, fillBytes + length);
            fill(start, fillBytes, fill, fillLength);
            Room.copy(address, start + fillBytes, length);
            result.length((int) fillBytes + length);
        }
    }

    /** As {@link #padStart}, with the text at the start and the filling behind it. */
    public static void padEnd(long address, int length, long count, long fill, int fillLength, BytesResult result) {
        long missing = missing(address, length, count, fillLength, result);
        if (missing > 0) {
            long fillBytes = fillBytes(missing, fill, fillLength);
            long start = Room.reserve(result, fillBytes + length);
            fill(Room.copy(address, start, length), fillBytes, fill, fillLength);
            result.length((int) fillBytes + length);
        }
    }

    /** How many code points are to be filled in. If none, the result is set: it is a part of the text. */
    private static long missing(long address, int length, long count, int fillLength, BytesResult result) {
        long wanted = Math.max(count, 0);
        long missing = wanted - Utf8.count(address, length);
        if (missing < 0) {
            TextParts.left(address, length, wanted, result);
        } else if (missing == 0 || fillLength == 0) {
            result.view(address, length);
            return 0;
        }
        return missing;
    }

    private static long fillBytes(long missing, long fill, int fillLength) {
        int codePoints = Utf8.count(fill, fillLength);
        long times = missing / codePoints;
        long rest = Utf8.skip(fill, fill + fillLength, missing - times * codePoints) - fill;
        return Math.min(times, Integer.MAX_VALUE) * fillLength
                + rest; // capped before the product, which could overflow
    }

    private static void fill(long to, long bytes, long fill, int fillLength) {
        for (long done = 0; done < bytes; done += fillLength) {
            Room.copy(fill, to + done, Math.min(fillLength, bytes - done));
        }
    }

    /** Each code point of {@code from} replaced by that at the same place of {@code to}, or left out if there is none. */
    public static void translate(
            long address, int length, long from, int fromLength, long to, int toLength, BytesResult result) {
        long end = address + length;
        result.clear();
        long unchanged = address;
        for (long at = address; at < end; ) {
            long next = Utf8.next(at, end);
            int place = place(at, (int) (next - at), from, from + fromLength);
            if (place >= 0) {
                Text.append(unchanged, (int) (at - unchanged), result);
                long start = Utf8.skip(to, to + toLength, place);
                if (start < to + toLength) {
                    Text.append(start, (int) (Utf8.next(start, to + toLength) - start), result);
                }
                unchanged = next;
            }
            at = next;
        }
        if (unchanged == address) {
            result.view(address, length);
        } else {
            Text.append(unchanged, (int) (end - unchanged), result);
        }
    }

    /** How many code points of a set stand before the given one, or -1 if it is not in the set. */
    private static int place(long codePoint, int bytes, long set, long setEnd) {
        int place = 0;
        for (long at = set; at < setEnd; at = Utf8.next(at, setEnd)) {
            if (setEnd - at >= bytes && Memory.equal(at, codePoint, bytes)) {
                return place;
            }
            place++;
        }
        return -1;
    }

    /** OVERLAY(text PLACING replacement FROM start): replaces as many code points as the replacement has. */
    public static void overlay(
            long address, int length, long replacement, int replacementLength, long start, BytesResult result) {
        long count = Utf8.count(replacement, replacementLength);
        overlay(address, length, replacement, replacementLength, start, count, result);
    }

    /**
     * OVERLAY(text PLACING replacement FROM start FOR count): the code points from {@code start}, counted from 1, replaced. A
     * start below 1 is an error ({@code BAD_ARGUMENT}); a negative count repeats what stands before the start, as in Postgres.
     */
    public static void overlay(
            long address,
            int length,
            long replacement,
            int replacementLength,
            long start,
            long count,
            BytesResult result) {
        if (start < 1) {
            throw Errors.badArgument("OVERLAY counts characters from 1: " + start);
        }
        long end = address + length;
        long to = Utf8.skip(address, end, start - 1);
        long behind = Math.max(1, count > Long.MAX_VALUE - start ? Long.MAX_VALUE : start + count);
        long from = Utf8.skip(address, end, behind - 1);
        result.clear();
        Text.append(address, (int) (to - address), result);
        Text.append(replacement, replacementLength, result);
        Text.append(from, (int) (end - from), result);
    }
}
