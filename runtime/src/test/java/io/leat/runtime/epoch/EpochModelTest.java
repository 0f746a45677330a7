package io.leat.runtime.epoch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.epoch.EpochAction.Clean;
import io.leat.runtime.epoch.EpochAction.Decide;
import io.leat.runtime.epoch.EpochAction.Fence;
import io.leat.runtime.epoch.EpochAction.Open;
import io.leat.runtime.epoch.EpochAction.Prepare;
import io.leat.runtime.epoch.EpochAction.Resolve;
import io.leat.runtime.epoch.EpochEvent.Done;
import io.leat.runtime.epoch.EpochModel.Fault;
import io.leat.runtime.epoch.EpochModel.Protocol;
import io.leat.runtime.epoch.EpochModel.Result;
import io.leat.runtime.epoch.EpochProtocol.Step;
import io.leat.runtime.epoch.EpochState.Phase;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The protocol, in every order of steps and crashes: no invariant is ever broken. Each of the mistakes that one could make is found, so
 * the model looks where it should. {@code -Dmodel.starts=4 -Dmodel.crashes=3} goes further, in minutes.
 */
class EpochModelTest {
    private static final int STARTS = Integer.getInteger("model.starts", 3);
    private static final int CRASHES = Integer.getInteger("model.crashes", 2);

    @ParameterizedTest
    @EnumSource
    void noInvariantIsBrokenWhateverCrashes(DecisionMode mode) {
        Result result = new EpochModel(mode, EpochProtocol::next, Fault.NONE, STARTS, CRASHES).run();
        assertEquals(Optional.empty(), result.violation());
        assertTrue(result.states() > 10_000, result::toString);
        assertTrue(result.finished() > 0, result::toString);
    }

    @ParameterizedTest
    @EnumSource
    void decidingBeforePreparingIsFound(DecisionMode mode) {
        assertFound(mode, EpochModelTest::decideBeforePrepare, Fault.NONE, "I1");
    }

    @ParameterizedTest
    @EnumSource
    void sinksThatDoNotCompareAreFound(DecisionMode mode) {
        assertFound(mode, EpochProtocol::next, Fault.BLIND_APPLY, "I4");
    }

    @Test
    void deletingWhatMayStillBeDecidedIsFound() {
        assertFound(DecisionMode.SLOT, EpochModelTest::cleanEagerly, Fault.NONE, "I1");
    }

    @Test
    void slotsOfEachGenerationAreFound() {
        assertFound(DecisionMode.SLOT, EpochProtocol::next, Fault.SLOT_PER_GENERATION, "I2");
    }

    @Test
    void lookingBeforeFencingIsFound() {
        assertFound(DecisionMode.TRANSACTION, EpochModelTest::resolveBeforeFence, Fault.NONE, "I");
    }

    private static void assertFound(DecisionMode mode, Protocol protocol, Fault fault, String invariant) {
        Result result = new EpochModel(mode, protocol, fault, 3, 2).run();
        assertTrue(result.violation().orElse("nothing found").startsWith(invariant), result::toString);
    }

    private static Step decideBeforePrepare(EpochState state, EpochEvent event) {
        return switch (state.phase()) {
            case SEAL -> {
                Decision unknown = new Decision(state.attempt(), "");
                yield new Step(state.at(Phase.DECIDE), new Decide(unknown));
            }
            case DECIDE ->
                event instanceof Done
                        ? new Step(state.at(Phase.PREPARE), new Prepare(state.attempt()))
                        : EpochProtocol.next(state, event);
            case PREPARE -> {
                Step decide = EpochProtocol.next(state, event);
                yield EpochProtocol.next(decide.state(), new Done());
            }
            default -> EpochProtocol.next(state, event);
        };
    }

    private static Step cleanEagerly(EpochState state, EpochEvent event) {
        Step step = EpochProtocol.next(state, event);
        return step.action() instanceof Clean clean ? new Step(step.state(), new Clean(clean.decided(), true)) : step;
    }

    private static Step resolveBeforeFence(EpochState state, EpochEvent event) {
        if (state.phase() == Phase.FENCE && event instanceof Done) {
            return new Step(state.at(Phase.OPEN), new Open(state.attempt()));
        }
        Step step = EpochProtocol.next(state, event);
        if (step.action() instanceof Fence) {
            return new Step(step.state().at(Phase.RESOLVE), new Resolve());
        }
        boolean first = state.phase() == Phase.TIDY || state.phase() == Phase.RESTORE;
        return first && step.action() instanceof Open
                ? new Step(step.state().at(Phase.FENCE), new Fence(state.generation()))
                : step;
    }

    @Test
    void anAnswerToSomethingElseIsRefused() {
        EpochState state = EpochProtocol.begin(DecisionMode.SLOT).state();
        IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> EpochProtocol.next(state, new Done()));
        assertEquals("Done[] is no answer to what is done in CLAIM", thrown.getMessage());
    }
}
