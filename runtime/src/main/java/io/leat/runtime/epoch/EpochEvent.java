package io.leat.runtime.epoch;

import java.util.Optional;

/** How an {@link EpochAction} went. */
public sealed interface EpochEvent {
    /** It was done, and is durable where it has to be. */
    record Done() implements EpochEvent {}

    /** This start has a number that no other one has or had. */
    record Claimed(long generation) implements EpochEvent {}

    /** The last epoch that is decided; empty if none is. */
    record Resolved(Optional<Decision> decided) implements EpochEvent {}

    /**
     * What was prepared for the decided epoch is there, and hashes to what was decided.
     *
     * @param last whether nothing follows that epoch: the job has ended
     */
    record Verified(boolean last) implements EpochEvent {}

    /**
     * The epoch is over.
     *
     * @param last whether nothing follows it
     */
    record Ran(boolean last) implements EpochEvent {}

    /** What was prepared is durable, and has this hash. */
    record Prepared(String hash) implements EpochEvent {}

    /** Another start has the epoch, or all that follow: this one has no say any more. */
    record Lost() implements EpochEvent {}

    /** It failed, or nobody knows how it went. */
    record Failed(String reason) implements EpochEvent {}
}
