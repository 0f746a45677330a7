package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.OrderedBytes;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.kernel.Text;
import io.leat.runtime.memory.Memory;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The items of one group in their order, and what is made of their values.
 *
 * <p>An item is what a row gives to an aggregate that looks at the order of its rows: what it is ordered by and
 * values, as {@link OrderedBytes} writes them, and in four bytes where the values begin. Items that are ordered alike stay in the order in which they came.
 *
 * <p>Calling order: {@link #sort} or {@link #read}, then {@link #join} or {@link #array}. A result is valid until
 * the next one. One thread; owns its memory.
 */
public final class OrderedItems implements AutoCloseable {
    /** Bytes that the items of a group may have together, and that their result may have. */
    public static final int MAX_BYTES = 8 << 20;

    private static final int ADDRESSES = 64;

    private final BytesResult result;
    private final BytesResult copies;
    private long[] addresses = new long[ADDRESSES];
    private long[] spare = new long[ADDRESSES];
    private int[] repeats = new int[ADDRESSES];
    private int count;

    public OrderedItems(BufferAllocator allocator) {
        this.result = new BytesResult(allocator);
        this.copies = new BytesResult(allocator);
    }

    /** Bytes of an item that it is ordered by. */
    public static int keyLength(long item, int length) {
        return Memory.getInt(item + length - Integer.BYTES);
    }

    /** Where the value of an item stands. */
    public static long value(long item, int length) {
        return item + keyLength(item, length);
    }

    public static boolean isNull(long value) {
        return OrderedBytes.isNull(value);
    }

    /** Completes an item of which what it is ordered by has this length. */
    public static void end(BytesResult item, int keyLength) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            item.append((byte) (keyLength >>> shift));
        }
    }

    public static RowError tooLarge() {
        return new RowError(
                RowError.Reason.TOO_LARGE,
                "the values of a group take more than " + (MAX_BYTES >> 20)
                        + " MiB here: keep fewer of them with FILTER (WHERE …), or make groups smaller");
    }

    // ---- the items
    // -----------------------------------------------------------------------------------------------------

    /** Takes items that stand one behind another, each behind its length. They stay where they are. */
    public void sort(long from, int bytes) {
        count = 0;
        boolean inOrder = true;
        for (long at = from; at < from + bytes; at += Integer.BYTES + Memory.getInt(at)) {
            grow();
            inOrder &= count == 0 || compare(addresses[count - 1], at) <= 0;
            repeats[count] = 1;
            addresses[count++] = at;
        }
        if (!inOrder) {
            sort();
        }
    }

    /** Merges ever longer runs; equal items keep their order. */
    private void sort() {
        for (int width = 1; width < count; width *= 2) {
            for (int start = 0; start < count; start += 2 * width) {
                merge(start, Math.min(start + width, count), Math.min(start + 2 * width, count));
            }
            long[] sorted = spare;
            spare = addresses;
            addresses = sorted;
        }
    }

    private void merge(int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int to = start; to < end; to++) {
            boolean takesLeft = left < middle && (right >= end || compare(addresses[left], addresses[right]) <= 0);
            spare[to] = takesLeft ? addresses[left++] : addresses[right++];
        }
    }

    private static int compare(long left, long right) {
        long a = left + Integer.BYTES;
        long b = right + Integer.BYTES;
        return Memory.compare(a, keyLength(a, Memory.getInt(left)), b, keyLength(b, Memory.getInt(right)));
    }

    private void grow() {
        if (count == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * count);
            spare = new long[2 * count];
            repeats = Arrays.copyOf(repeats, 2 * count);
        }
    }

    /**
     * Takes the items of a group from where they are counted.
     *
     * @param distinct whether each counts once, however often it is there
     */
    public void read(ValueCounts values, boolean distinct) {
        count = 0;
        copies.clear();
        long bytes = 0;
        for (boolean found = values.first(); found; found = values.next()) {
            int length = values.bytesLength();
            long times = distinct ? 1 : values.count();
            bytes += (Integer.BYTES + (long) length) * times;
            if (times > MAX_BYTES || bytes > MAX_BYTES) {
                throw tooLarge();
            }
            grow();
            repeats[count] = (int) times;
            addresses[count++] = copies.length();
            end(copies, length);
            copies.append(values.bytesAddress(), length);
        }
        for (int i = 0; i < count; i++) {
            addresses[i] += copies.address();
        }
    }

    // ---- results
    // -------------------------------------------------------------------------------------------------------

    private static long valueAt(long address) {
        return value(address + Integer.BYTES, Memory.getInt(address));
    }

    /** The texts of all items, before each but the first the separator that stands behind it. */
    public BytesResult join() {
        result.clear();
        for (int i = 0; i < count; i++) {
            long text = valueAt(addresses[i]);
            long separator = OrderedBytes.next(text, -1);
            for (int times = 0; times < repeats[i]; times++) {
                if (i + times > 0 && !OrderedBytes.isNull(separator)) {
                    OrderedBytes.appendBytes(separator, result);
                }
                OrderedBytes.appendBytes(text, result);
                if (result.length() > MAX_BYTES) {
                    throw tooLarge();
                }
            }
        }
        return result;
    }

    /** An array of the values of all items. */
    public BytesResult array() {
        result.clear();
        for (int i = 0; i < count; i++) {
            long value = valueAt(addresses[i]);
            long end = addresses[i] + Memory.getInt(addresses[i]);
            int bytes = (int) (end - value);
            for (int times = 0; times < repeats[i]; times++) {
                if (result.length() + bytes > MAX_BYTES) {
                    throw tooLarge();
                }
                Text.append(value, bytes, result);
            }
        }
        return result;
    }

    /** A text or bytes that stand in an item. */
    public BytesResult bytes(long value) {
        OrderedBytes.readBytes(value, result);
        return result;
    }

    @Override
    public void close() {
        result.close();
        copies.close();
    }
}
