package io.leat.runtime.epoch;

/** What is to be done in a state of the protocol. {@link EpochEvent} tells how it went. */
public sealed interface EpochAction {
    /** R0: check whose directory this is, and take the next generation. Answer: {@code Claimed}. */
    record Claim() implements EpochAction {}

    /** R1: nothing that an earlier generation does from now on is decided. In a transaction safety rests on it; with slots it does not. */
    record Fence(long generation) implements EpochAction {}

    /** R2: find the last epoch that is decided. Answer: {@code Resolved}. */
    record Resolve() implements EpochAction {}

    /** R3: what was prepared for it must be there and be what was decided. Answer: {@code Verified}. */
    record Verify(Decision decided) implements EpochAction {}

    /**
     * R4, and the end of each epoch: delete what nobody needs.
     *
     * @param decided the last decided epoch: attempts at it, and at earlier ones, that were not decided may go; 0 for none
     * @param open whether attempts of earlier generations at the next epoch may go too: where they are fenced off, they can not be decided
     */
    record Clean(long decided, boolean open) implements EpochAction {}

    /** R5, and after each decision: every sink shows the epoch. It may have been done before, wholly or in part, and by anyone. */
    record Apply(Decision decided) implements EpochAction {}

    /** R6 and R7: state as it was at the end of the epoch, and sources that can be read from there. */
    record Restore(Decision decided) implements EpochAction {}

    /** R8: begin an epoch, and the transaction for its rows. */
    record Open(Attempt attempt) implements EpochAction {}

    /** Read and work, until the epoch is over. Answer: {@code Ran}. */
    record Run(Attempt attempt) implements EpochAction {}

    /** Everything that was read has reached sinks and state; both are durable, and not to be seen yet. */
    record Seal(Attempt attempt) implements EpochAction {}

    /** Write down what the epoch was. Answer: {@code Prepared}. */
    record Prepare(Attempt attempt) implements EpochAction {}

    /** The commit point. Answer: {@code Done}, {@code Lost}, or {@code Failed}: whoever does not know must not guess. */
    record Decide(Decision decision) implements EpochAction {}

    /** Nothing: the job has ended, and its sinks show everything. */
    record Finish() implements EpochAction {}

    /** Nothing more in this process; the next start goes on from what is decided. */
    record Stop(String reason) implements EpochAction {}
}
