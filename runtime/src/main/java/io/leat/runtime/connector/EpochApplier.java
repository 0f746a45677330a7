package io.leat.runtime.connector;

import java.util.List;

/**
 * Shows what a {@link StagedSink} has staged, when it is known that the epoch is decided. One for each sink of a job, opened from the
 * sink's options alone and before any row is read: the first thing it shows may be rows of an earlier start. One thread.
 */
public interface EpochApplier extends AutoCloseable {

    /**
     * Lets the rows of an epoch be seen; may be called any number of times, by several processes at once, and compares: what is there
     * stays. The epochs of one process come in their order; those without rows may be left out before the first one with rows.
     *
     * @param parts this sink's; none if it has no rows in the epoch
     * @throws ConnectorException if the rows are lost, or the other side has rows of another past
     */
    void apply(DecidedEpoch epoch, List<StagedPart> parts);

    @Override
    void close();
}
