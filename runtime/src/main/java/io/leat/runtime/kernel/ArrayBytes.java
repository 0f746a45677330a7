package io.leat.runtime.kernel;

/**
 * Arrays: one element behind the other, as {@link OrderedBytes} writes them. Never fails.
 *
 * <p>{@code width} is what {@link OrderedBytes#width} says of the elements.
 */
public final class ArrayBytes {
    private ArrayBytes() {}

    /** Where the element at a position is, the first at 1; 0 if there is none, or it is NULL. */
    public static long element(long address, int length, long position, int width) {
        long end = address + length;
        long at = address;
        for (long i = 1; i < position && at < end; i++) {
            at = OrderedBytes.next(at, width);
        }
        return position < 1 || at >= end || OrderedBytes.isNull(at) ? 0 : at;
    }
}
