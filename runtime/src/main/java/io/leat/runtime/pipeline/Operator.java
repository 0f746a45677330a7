package io.leat.runtime.pipeline;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.state.Restorable;

/**
 * A node of a running stage: takes rows and passes rows on. One thread at a time, never called after {@link #close}.
 *
 * <p>Calling order per input: {@link #accept} and {@link #watermark} any number of times, watermarks never falling; at the end
 * {@link #watermark} with the maximal value, which says that no more rows come. A watermark comes behind the rows that it
 * speaks of, and an operator passes it on only behind the rows that it emits because of it. {@link #endEpoch} comes between
 * batches, when everything of the epoch has come on every input.
 *
 * <p>What an operator keeps from one epoch to the next is in {@link #save}: one that keeps nothing says so there.
 */
public interface Operator extends Restorable, AutoCloseable {

    /** Takes rows, which stay the caller's. */
    void accept(int input, Batch rows);

    /** No row that comes on this input from now on belongs to a window that ends at or before this time. */
    void watermark(int input, long watermark);

    /** The epoch ends: hand on what is pending, write down what changed. */
    void endEpoch(long epoch);

    /** How many entries rest in it between rows: rows, groups, or whatever else it keeps. At the end of its input there are none. */
    default long entries() {
        return 0;
    }

    /** Whether further rows would change nothing, so that their source may stop. */
    boolean isDone();

    @Override
    void close();
}
