package io.leat.lake.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.Statistics;

/** The least and the largest value of a column in a row group, by which readers pass over it. Kept for integers and bytes. */
final class ColumnStatistics {
    /** Bounds longer than this help nobody. */
    private static final int MAX_BYTES = 256;

    private long nulls;
    private boolean any;
    private long least;
    private long largest;
    private byte[] first = new byte[0];
    private byte[] last = new byte[0];
    private int firstLength = -1;
    private int lastLength;

    void addNull() {
        nulls++;
    }

    void add(long value) {
        least = any ? Math.min(least, value) : value;
        largest = any ? Math.max(largest, value) : value;
        any = true;
    }

    void add(byte[] value, int length) {
        if (firstLength < 0 || compare(value, length, first, firstLength) < 0) {
            first = copy(value, length, first);
            firstLength = length;
        }
        if (!any || compare(value, length, last, lastLength) > 0) {
            last = copy(value, length, last);
            lastLength = length;
        }
        any = true;
    }

    private static int compare(byte[] left, int leftLength, byte[] right, int rightLength) {
        return Arrays.compareUnsigned(left, 0, leftLength, right, 0, rightLength);
    }

    private static byte[] copy(byte[] from, int length, byte[] into) {
        byte[] copy = into.length < length ? new byte[Math.max(length, 2 * into.length)] : into;
        System.arraycopy(from, 0, copy, 0, length);
        return copy;
    }

    /**
     * What the footer says.
     *
     * @param type how values are stored
     */
    Statistics toFooter(org.apache.parquet.format.Type type) {
        Statistics statistics = new Statistics().setNull_count(nulls);
        if (!any) {
            return statistics;
        }
        return switch (type) {
            case INT32 -> statistics.setMin_value(ofInt(least)).setMax_value(ofInt(largest));
            case INT64 -> statistics.setMin_value(ofLong(least)).setMax_value(ofLong(largest));
            case BYTE_ARRAY ->
                firstLength > MAX_BYTES || lastLength > MAX_BYTES
                        ? statistics
                        : statistics
                                .setMin_value(Arrays.copyOf(first, firstLength))
                                .setMax_value(Arrays.copyOf(last, lastLength));
            // Zeros and the order of wide decimals have rules of their own, which readers get wrong.
            case BOOLEAN, INT96, FLOAT, DOUBLE, FIXED_LEN_BYTE_ARRAY -> statistics;
        };
    }

    private static byte[] ofInt(long value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) value)
                .array();
    }

    private static byte[] ofLong(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    void reset() {
        nulls = 0;
        any = false;
        firstLength = -1;
    }
}
