package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.memory.Bits;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.window.Windowing;

/**
 * Moves the watermark of a partition along the event times of its rows: {@code max(event time so far) - delay}, row by row. A row
 * from too far ahead of the clock does not move it, nor does one that is no row of the source.
 */
final class EventTime {
    private final int leaf;
    private final long delay;
    private final long skew;
    private long limit = Long.MAX_VALUE;

    /**
     * @param leaf the leaf of the event-time column
     * @param delay how far the watermark stays behind, in microseconds
     * @param skew how far ahead of the clock an event time may be; 0 for no guard
     */
    EventTime(int leaf, long delay, long skew) {
        this.leaf = leaf;
        this.delay = delay;
        this.skew = skew;
    }

    int leaf() {
        return leaf;
    }

    /** The clock of the epoch, for the guard. */
    void now(long wallMicros) {
        limit = skew == 0 ? Long.MAX_VALUE : wallMicros + skew;
    }

    /**
     * The watermark of the partition behind the rows, given the one before them. Where a row of the batch might be late for some
     * window, or someone wants to know, the watermark before each row is noted, too.
     */
    long advance(SourceBatch rows, long before) {
        Batch batch = rows.batch();
        int count = batch.rows();
        long data = batch.data(leaf);
        long valid = batch.validity(leaf);
        boolean nulls = batch.hasNulls(leaf);
        boolean refused = rows.hasRefused();
        long greatest = Long.MIN_VALUE;
        long least = Long.MAX_VALUE;
        for (int row = 0; row < count; row++) {
            if (nulls && !Bits.isSet(valid, row) || refused && rows.isExcluded(row)) {
                continue;
            }
            long time = Memory.getLong(data + ((long) row << 3));
            least = Math.min(least, time);
            if (time <= limit) {
                greatest = Math.max(greatest, time);
            }
        }
        long after = greatest == Long.MIN_VALUE ? before : Math.max(before, Windowing.minus(greatest, delay));
        if (least < after || rows.hasRefused()) {
            note(rows, before);
        }
        return after;
    }

    /** Notes the watermark before each row, given the one before the first. */
    void note(SourceBatch rows, long before) {
        if (rows.watermarks() != null) {
            return;
        }
        Batch batch = rows.batch();
        boolean nulls = batch.hasNulls(leaf);
        boolean refused = rows.hasRefused();
        long data = batch.data(leaf);
        long valid = batch.validity(leaf);
        long[] watermarks = rows.fillWatermarks();
        long watermark = before;
        for (int row = 0; row < batch.rows(); row++) {
            watermarks[row] = watermark;
            if (nulls && !Bits.isSet(valid, row) || refused && rows.isExcluded(row)) {
                continue;
            }
            long time = Memory.getLong(data + ((long) row << 3));
            if (time <= limit) {
                watermark = Math.max(watermark, Windowing.minus(time, delay));
            }
        }
        watermarks[batch.rows()] = watermark;
    }
}
