package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;

/**
 * Arrays: one element behind the other, as {@link OrderedBytes} writes them, so that equal elements are equal bytes. Positions begin at
 * 1.
 *
 * <p>{@code width} is what {@link OrderedBytes#width} says of the elements.
 */
public final class ArrayBytes {
    private ArrayBytes() {}

    /** Where the element at a position is; 0 if there is none, or it is NULL. */
    public static long element(long address, int length, long position, int width) {
        if (position < 1) {
            return 0;
        }
        long at = skip(address, length, position - 1, width);
        return at >= address + length || OrderedBytes.isNull(at) ? 0 : at;
    }

    /** Where the elements behind so many are, or the end. */
    private static long skip(long address, int length, long count, int width) {
        long end = address + length;
        long at = address;
        for (long i = 0; i < count && at < end; i++) {
            at = OrderedBytes.next(at, width);
        }
        return at;
    }

    public static int count(long address, int length, int width) {
        int count = 0;
        for (long at = address; at < address + length; at = OrderedBytes.next(at, width)) {
            count++;
        }
        return count;
    }

    /** Whether an element is there, which is the only one of the other array. */
    public static boolean contains(long address, int length, long wanted, int wantedLength, int width) {
        return position(address, length, wanted, wantedLength, width) > 0;
    }

    /** The first position of an element, which is the only one of the other array; 0 if it is not there. */
    public static int position(long address, int length, long wanted, int wantedLength, int width) {
        int position = 1;
        for (long at = address; at < address + length; position++) {
            long next = OrderedBytes.next(at, width);
            if (next - at == wantedLength && Memory.equal(at, wanted, wantedLength)) {
                return position;
            }
            at = next;
        }
        return 0;
    }

    /** One array behind the other; an error ({@code TOO_LARGE}) beyond 16 MiB. */
    public static void concat(
            long leftAddress, int leftLength, long rightAddress, int rightLength, BytesResult result) {
        Room.reserve(result, (long) leftLength + rightLength);
        result.clear();
        result.append(leftAddress, leftLength);
        result.append(rightAddress, rightLength);
    }

    /**
     * The elements from one position to another, both included. Negative positions count from the end, and what lies outside is left out:
     * 0 is before the first element.
     */
    public static void slice(long address, int length, long from, long to, int width, BytesResult result) {
        boolean counts = from < 0 || to < 0;
        long count = counts ? count(address, length, width) : 0;
        long first = Math.max(1, from < 0 ? count + from + 1 : from);
        long last = to < 0 ? count + to + 1 : to;
        long start = skip(address, length, first - 1, width);
        int rest = (int) (address + length - start);
        result.view(start, (int) (skip(start, rest, Math.max(0, last - first + 1), width) - start));
    }

    public static void reverse(long address, int length, int width, BytesResult result) {
        result.clear();
        long end = result.reserve(length) + length;
        for (long at = address; at < address + length; ) {
            long next = OrderedBytes.next(at, width);
            end -= next - at;
            Memory.copyShort(at, end, (int) (next - at));
            at = next;
        }
        result.length(length);
    }
}
