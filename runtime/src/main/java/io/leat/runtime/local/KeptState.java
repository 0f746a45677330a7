package io.leat.runtime.local;

import io.leat.runtime.epoch.Decision;
import io.leat.runtime.epoch.Preparation;
import io.leat.runtime.epoch.StateDirectory;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.platform.Platform;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** What a state directory has of a job at the end of an epoch, to be looked at while the job runs or not. Immutable. */
public final class KeptState {
    private final Preparation preparation;
    private final Snapshot snapshot;

    private KeptState(Preparation preparation, Snapshot snapshot) {
        this.preparation = preparation;
        this.snapshot = snapshot;
    }

    /**
     * Reads the state of the last decided epoch, or of one that the directory still has.
     *
     * @throws StateException if there is none, or it is damaged
     */
    public static KeptState read(Platform platform, Path directory, OptionalLong epoch) {
        try (StateDirectory looked = StateDirectory.look(directory, platform.disk())) {
            long wanted = epoch.orElseGet(() -> looked.resolve()
                    .map(Decision::epoch)
                    .orElseThrow(() -> new StateException(
                            "state directory '" + directory + "' has no state yet: no epoch has come to its end")));
            Preparation preparation = looked.decided(wanted);
            return new KeptState(
                    preparation,
                    new StateSnapshots(looked.states()).read(preparation).snapshot());
        }
    }

    /** The epoch at whose end it is. */
    public long epoch() {
        return preparation.attempt().epoch();
    }

    /**
     * What becomes of it with a job.
     *
     * @param accepted what is said to be meant
     */
    public QueryChange changeTo(CompiledJob job, AcceptedChanges accepted) {
        return QueryChange.of(state(), SavedQuery.of(job.graph()), accepted);
    }

    /** How many rows were read of each table: what a job reads again that starts anew. */
    public Map<String, Long> rowsRead() {
        return state().rowsRead();
    }

    private SavedState state() {
        return SavedState.of(snapshot, preparation.last());
    }
}
