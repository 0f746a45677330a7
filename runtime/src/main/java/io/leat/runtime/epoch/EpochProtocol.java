package io.leat.runtime.epoch;

import io.leat.runtime.epoch.EpochAction.Apply;
import io.leat.runtime.epoch.EpochAction.Claim;
import io.leat.runtime.epoch.EpochAction.Clean;
import io.leat.runtime.epoch.EpochAction.Decide;
import io.leat.runtime.epoch.EpochAction.Fence;
import io.leat.runtime.epoch.EpochAction.Finish;
import io.leat.runtime.epoch.EpochAction.Open;
import io.leat.runtime.epoch.EpochAction.Prepare;
import io.leat.runtime.epoch.EpochAction.Resolve;
import io.leat.runtime.epoch.EpochAction.Restore;
import io.leat.runtime.epoch.EpochAction.Run;
import io.leat.runtime.epoch.EpochAction.Seal;
import io.leat.runtime.epoch.EpochAction.Stop;
import io.leat.runtime.epoch.EpochAction.Verify;
import io.leat.runtime.epoch.EpochEvent.Claimed;
import io.leat.runtime.epoch.EpochEvent.Done;
import io.leat.runtime.epoch.EpochEvent.Failed;
import io.leat.runtime.epoch.EpochEvent.Lost;
import io.leat.runtime.epoch.EpochEvent.Prepared;
import io.leat.runtime.epoch.EpochEvent.Ran;
import io.leat.runtime.epoch.EpochEvent.Resolved;
import io.leat.runtime.epoch.EpochEvent.Verified;
import io.leat.runtime.epoch.EpochState.Phase;
import java.util.Optional;

/**
 * The epoch protocol: in which order a start of a job does what, so that each epoch happens once. A function without memory or effects.
 *
 * <p>Crash-only: whatever fails before the decision, and whatever has an unknown outcome, ends the process. The next start finds out what
 * is decided, lets the sinks show it, and does everything behind it anew.
 *
 * <pre>
 * CLAIM → FENCE → RESOLVE → VERIFY → TIDY → REAPPLY → RESTORE ─┐
 *                                      └ nothing decided ────┤
 *        ┌────────────────────────────────────────────────── OPEN ←┐
 *        └ RUN → SEAL → PREPARE → DECIDE → APPLY → CLEAN ─────┘
 * </pre>
 */
public final class EpochProtocol {
    /** A state, and what is to be done in it. */
    public record Step(EpochState state, EpochAction action) {}

    private EpochProtocol() {}

    /** What a start of a job does first. */
    public static Step begin(DecisionMode mode) {
        EpochState state = new EpochState(Phase.CLAIM, mode, 0, Optional.empty(), Optional.empty(), false);
        return new Step(state, new Claim());
    }

    /**
     * What follows when the action of a state went so.
     *
     * @throws IllegalStateException if this is no answer to the action
     */
    public static Step next(EpochState state, EpochEvent event) {
        if (event instanceof Failed failed) {
            return stop(state, failed.reason());
        }
        if (event instanceof Lost) {
            return stop(state, "another start of the job has taken over");
        }
        return switch (state.phase()) {
            case CLAIM -> fence(state.as(answer(state, event, Claimed.class).generation()));
            case FENCE -> after(state, event, step(state, Phase.RESOLVE, new Resolve()));
            case RESOLVE -> resolved(state, answer(state, event, Resolved.class).decided());
            case VERIFY ->
                tidy(state.ending(answer(state, event, Verified.class).last()));
            case TIDY -> after(state, event, state.decided().isPresent() ? reapply(state) : open(state));
            case REAPPLY -> after(state, event, state.last() ? finish(state) : restore(state));
            case RESTORE -> after(state, event, open(state));
            case OPEN -> after(state, event, step(state, Phase.RUN, new Run(state.attempt())));
            case RUN -> seal(state.ending(answer(state, event, Ran.class).last()));
            case SEAL -> after(state, event, step(state, Phase.PREPARE, new Prepare(state.attempt())));
            case PREPARE -> decide(state, answer(state, event, Prepared.class).hash());
            case DECIDE -> after(state, event, apply(state.behind(state.prepared())));
            case APPLY -> after(state, event, clean(state, Phase.CLEAN));
            case CLEAN -> after(state, event, state.last() ? finish(state) : open(state));
            case FINISHED, STOPPED -> throw new IllegalStateException("nothing follows " + state.phase());
        };
    }

    private static Step fence(EpochState state) {
        return step(state, Phase.FENCE, new Fence(state.generation()));
    }

    private static Step resolved(EpochState state, Optional<Decision> decided) {
        EpochState behind = state.behind(decided);
        return decided.isPresent() ? step(behind, Phase.VERIFY, new Verify(decided.get())) : tidy(behind);
    }

    private static Step tidy(EpochState state) {
        return clean(state, Phase.TIDY);
    }

    /** With slots an attempt at the next epoch stays whoever made it: it may be decided at any moment. */
    private static Step clean(EpochState state, Phase phase) {
        boolean open = state.mode() == DecisionMode.TRANSACTION;
        return step(state, phase, new Clean(state.decidedEpoch(), open));
    }

    /** Whether the sinks show the epoch is not remembered anywhere: they are made to. */
    private static Step reapply(EpochState state) {
        return step(state, Phase.REAPPLY, new Apply(state.decided().orElseThrow()));
    }

    private static Step restore(EpochState state) {
        return step(state, Phase.RESTORE, new Restore(state.decided().orElseThrow()));
    }

    private static Step open(EpochState state) {
        return step(state, Phase.OPEN, new Open(state.attempt()));
    }

    private static Step seal(EpochState state) {
        return step(state, Phase.SEAL, new Seal(state.attempt()));
    }

    private static Step decide(EpochState state, String hash) {
        Decision decision = new Decision(state.attempt(), hash);
        return step(state.with(decision), Phase.DECIDE, new Decide(decision));
    }

    private static Step apply(EpochState state) {
        return step(state, Phase.APPLY, new Apply(state.decided().orElseThrow()));
    }

    private static Step finish(EpochState state) {
        return step(state, Phase.FINISHED, new Finish());
    }

    private static Step stop(EpochState state, String reason) {
        return step(state, Phase.STOPPED, new Stop(reason));
    }

    private static Step step(EpochState state, Phase phase, EpochAction action) {
        return new Step(state.at(phase), action);
    }

    private static Step after(EpochState state, EpochEvent event, Step next) {
        answer(state, event, Done.class);
        return next;
    }

    private static <E extends EpochEvent> E answer(EpochState state, EpochEvent event, Class<E> expected) {
        if (!expected.isInstance(event)) {
            throw new IllegalStateException(event + " is no answer to what is done in " + state.phase());
        }
        return expected.cast(event);
    }
}
