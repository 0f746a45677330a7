package io.leat.runtime.epoch;

import java.util.Optional;

/**
 * Where a start of a job stands in the protocol. All of it is in memory only: what survives a crash is what the actions wrote.
 *
 * @param generation of this start; 0 before it has one
 * @param decided the last epoch that this start knows to be decided
 * @param prepared what is to be decided next
 * @param last whether nothing follows the epoch that is on its way
 */
public record EpochState(
        Phase phase,
        DecisionMode mode,
        long generation,
        Optional<Decision> decided,
        Optional<Decision> prepared,
        boolean last) {

    /** Places in the protocol; each has one action. */
    public enum Phase {
        CLAIM,
        FENCE,
        RESOLVE,
        VERIFY,
        TIDY,
        REAPPLY,
        RESTORE,
        OPEN,
        RUN,
        SEAL,
        PREPARE,
        DECIDE,
        APPLY,
        CLEAN,
        FINISHED,
        STOPPED
    }

    /** The epoch that this start works at, or would work at next. */
    public Attempt attempt() {
        return new Attempt(decidedEpoch() + 1, generation);
    }

    /** The last decided epoch; 0 before the first. */
    public long decidedEpoch() {
        return decided.map(Decision::epoch).orElse(0L);
    }

    EpochState at(Phase next) {
        return new EpochState(next, mode, generation, decided, prepared, last);
    }

    EpochState as(long claimed) {
        return new EpochState(phase, mode, claimed, decided, prepared, last);
    }

    EpochState behind(Optional<Decision> epoch) {
        return new EpochState(phase, mode, generation, epoch, Optional.empty(), last);
    }

    EpochState with(Decision next) {
        return new EpochState(phase, mode, generation, decided, Optional.of(next), last);
    }

    EpochState ending(boolean value) {
        return new EpochState(phase, mode, generation, decided, prepared, value);
    }
}
