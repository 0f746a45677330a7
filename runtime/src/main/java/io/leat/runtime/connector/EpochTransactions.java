package io.leat.runtime.connector;

import java.util.Optional;

/**
 * Transactions of a job: in each are the rows of an epoch and the decision on it, so that the other side decides both. Sinks write through
 * it from their threads; everything else belongs to one thread, that of the job, and comes while no sink writes.
 *
 * <p>Calling order: {@link #fence}, {@link #resolve}, {@link #refuseOthers} for a job without a past; then for each epoch {@link #begin},
 * writing, {@link #flush}, {@link #decide}; {@link #close} always. What fails, fails for good: the next start finds out what is decided.
 */
public interface EpochTransactions extends AutoCloseable {

    /** Where decisions are; a state that belongs to other ones is refused by this name. */
    String name();

    /** What an older start of the job has under way is decided or not, and nothing of it will be decided from now on. */
    void fence();

    /** The last decision on an epoch of the job. After {@link #fence} only: what was under way might still come. */
    Optional<EpochMark> resolve();

    /**
     * The job has no past.
     *
     * @throws ConnectorException if this is a job whose state was lost: one of its name has written to its tables
     */
    void refuseOthers();

    /** Begins the transaction of an epoch. */
    void begin();

    /** A sink that writes in the transaction that is open. */
    Sink open(SinkContext context);

    /** All rows of the epoch are with the other side, or this fails. */
    void flush();

    /**
     * Decides the epoch. False if another start of the job has taken over, which finds out whether the epoch was decided before.
     *
     * @throws ConnectorException if it failed, or nobody knows
     */
    boolean decide(EpochMark mark);

    /** Gives up what is not decided. */
    @Override
    void close();
}
