package io.leat.runtime.connector;

/**
 * An epoch that is decided, for those who show its rows.
 *
 * @param job an id that no other job has
 * @param generation of the start that prepared it
 * @param hash of the epoch and, through {@code parent}, of all before it: equal hashes mean an equal past
 * @param parent the hash of the epoch before; empty for the first
 * @param again whether an earlier start decided it, so that its rows may be there, and its files were written by another process
 * @param shown whether all sinks have shown it before: what is gone since, somebody has taken away
 * @param chain what else is decided
 */
public record DecidedEpoch(
        String job,
        long epoch,
        long generation,
        String hash,
        String parent,
        boolean again,
        boolean shown,
        Chain chain) {

    /** The epochs of the job, as they are decided now: a newer start may have moved on. */
    public interface Chain {
        /** Whether an epoch was decided with this hash. */
        boolean holds(long epoch, String hash);
    }
}
