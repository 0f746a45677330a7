package io.leat.runtime.operator.join;

import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.RowBytes;

/** When rows of one side of a join that time frees are due, from what is kept of them. */
final class RowTimes {
    private final JoinClock clock;
    private final boolean isLeft;
    private final RowBytes codec;
    private final int timeLeaf;
    private final int timeBytes;

    /**
     * @param codec of the bytes of rows
     * @param timeLeaf the leaf of a row with the time that bounds the join, where that does not stand in keys
     */
    RowTimes(JoinClock clock, boolean isLeft, RowBytes codec, int timeLeaf) {
        this.clock = clock;
        this.isLeft = isLeft;
        this.codec = codec;
        this.timeLeaf = timeLeaf;
        this.timeBytes = clock.isOrdered() ? Long.BYTES : 0;
    }

    /** When a row with this time is due. */
    long due(long time) {
        return clock.due(time, isLeft);
    }

    /** When the row with this key and {@link KeptValue} is due. */
    long due(long key, long value) {
        long row = key + KeptValue.rowOffset(value);
        return due(timeBytes > 0 ? KeyBytes.readLong(row - timeBytes) : codec.readLong(row, timeLeaf));
    }

    /** How many bytes of the key of a row its partners have, too. */
    int groupLength(long value) {
        return KeptValue.rowOffset(value) - timeBytes;
    }
}
