package io.leat.runtime.local;

import io.leat.runtime.epoch.Decision;
import io.leat.runtime.epoch.DecisionMode;
import io.leat.runtime.epoch.EpochEvent;
import io.leat.runtime.epoch.Preparation;
import io.leat.runtime.epoch.StateDirectory;
import io.leat.runtime.epoch.StateException;
import java.util.Optional;

/** Who decides the epochs of a job: each method is an action of the protocol. The thread of the job's phases. */
interface EpochDecider extends AutoCloseable {
    DecisionMode mode();

    void fence(long generation);

    Optional<Decision> resolve();

    /**
     * What was prepared for the last decided epoch.
     *
     * @throws StateException if it is not for this one to decide what follows it
     */
    void check(Preparation decided);

    void open();

    void seal();

    /** Where this one decides, as preparations have it. */
    String place();

    EpochEvent decide(Decision decision, String parent);

    @Override
    void close();

    /** The state directory itself, by slots. */
    static EpochDecider slots(StateDirectory directory) {
        return new EpochDecider() {
            @Override
            public DecisionMode mode() {
                return DecisionMode.SLOT;
            }

            @Override
            public void fence(long generation) {
                directory.fence(generation);
            }

            @Override
            public Optional<Decision> resolve() {
                return directory.resolve();
            }

            @Override
            public void check(Preparation decided) {
                if (!decided.transaction().isEmpty()) {
                    throw new StateException(
                            "the epochs up to " + decided.attempt().epoch()
                                    + " were decided in transactions of " + decided.transaction()
                                    + ", and no sink writes in transactions now: what was decided last is not known here. Let the"
                                    + " sinks be as they were, or start with another state directory");
                }
            }

            @Override
            public void open() {
                // Nothing is held open for a slot.
            }

            @Override
            public void seal() {
                // What sinks sealed is durable.
            }

            @Override
            public String place() {
                return "";
            }

            @Override
            public EpochEvent decide(Decision decision, String parent) {
                return directory.decide(decision) ? new EpochEvent.Done() : new EpochEvent.Lost();
            }

            @Override
            public void close() {
                // The directory is not this one's.
            }
        };
    }
}
