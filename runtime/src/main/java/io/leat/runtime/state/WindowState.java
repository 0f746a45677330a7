package io.leat.runtime.state;

/**
 * The groups of one aggregate, kept per slice of event time. One thread at a time.
 *
 * <p>Calling order: {@link #lane}, then {@link #slice} and updates of the table it returns; {@link #fireUpTo} whenever the
 * operator's watermark moved, behind all rows that came before it; {@link #endEpoch} between batches. A table is valid until
 * the next call of anything here.
 */
public interface WindowState extends Restorable, AutoCloseable {

    /**
     * Says whose rows come next. Where results depend on the order of addition, rows of different source partitions are summed
     * apart and merged in the order of lanes; elsewhere there is one lane, 0.
     */
    void lane(int lane);

    /** The table for rows of this slice that are on time for all its windows, created when new. */
    AggregateTable slice(long sliceStart);

    /** The table for rows of this slice that are on time only for windows that end at {@code firstEnd} or later. */
    AggregateTable slice(long sliceStart, long firstEnd);

    /**
     * Visits, in the order of window ends, every window that ends at or before the watermark and holds a row, then forgets the
     * slices that no later window needs.
     */
    void fireUpTo(long watermark, WindowVisitor visitor);

    /** The values of groups, for aggregates that cannot take a value back otherwise. */
    ValueCounts values();

    /** Hands what changed since the last epoch to the store. */
    void endEpoch();

    /** Slices of event time that hold rows. */
    int slices();

    /** Groups in hot tables and in the store; a group that is in both counts once per slice. */
    long entries();

    /** Values that are counted beside the groups, over all of them. */
    default long valueEntries() {
        return 0;
    }

    /** Off-heap bytes of hot tables. */
    long bytes();

    @Override
    void close();

    /** Receives the groups of a window that fires. */
    interface WindowVisitor {
        /**
         * Some groups of a window; called again with other groups of the same window if there are too many for one table.
         *
         * @param windowStart meaningless where the groups themselves carry it, or there is no window
         */
        void groups(long windowStart, long windowEnd, AggregateTable groups);
    }
}
