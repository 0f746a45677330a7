package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import io.leat.runtime.platform.Random;
import io.leat.runtime.platform.Roots;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * How a job is run, as far as the query does not say.
 *
 * @param parameters values for <code>${name}</code> in table options
 * @param untilNow whether unbounded sources are read only up to what exists at the start; with a state directory the job then pauses there, as
 *     if it were drained, and another run goes on
 * @param settings win over those of the query file
 * @param results who is shown the results of queries
 * @param from where an earlier run stopped, and this one goes on
 * @param stopAfterEpochs after how many epochs the job stops by itself, with a snapshot; {@link Long#MAX_VALUE} for never
 * @param scheduleSeed which partition is read next is drawn from; empty for the usual order, by watermark
 * @param state the directory that the job keeps its state in, and goes on from; empty to keep nothing
 * @param accepted what is said to be meant where the query is not the one that the state was made with
 * @param roots directories that files of tables must be in
 * @param stateFiles as many files of a state directory say what has changed before they are merged; more if everything is large
 */
public record JobOptions(
        Map<String, String> parameters,
        boolean untilNow,
        JobSettings settings,
        ResultReceiver results,
        Optional<Snapshot> from,
        long stopAfterEpochs,
        OptionalLong scheduleSeed,
        Optional<Path> state,
        AcceptedChanges accepted,
        Roots roots,
        int stateFiles) {
    private static final long DEFAULT_EPOCH_MILLIS = 1000;
    private static final int DEFAULT_STATE_FILES = 64;
    private static final int DEFAULT_HOT_GROUPS = 4 << 20;

    public JobOptions {
        parameters = Map.copyOf(parameters);
        if (from.isPresent() && state.isPresent()) {
            throw new IllegalArgumentException(
                    "a job goes on from a snapshot or from a state directory, not from both");
        }
    }

    /** Nothing out of the ordinary; results are ignored. */
    public static JobOptions defaults() {
        return new JobOptions(
                Map.of(),
                false,
                JobSettings.NONE,
                ResultReceiver.ignoring(),
                Optional.empty(),
                Long.MAX_VALUE,
                OptionalLong.empty(),
                Optional.empty(),
                AcceptedChanges.NONE,
                Roots.ANYWHERE,
                DEFAULT_STATE_FILES);
    }

    public JobOptions withParameters(Map<String, String> values) {
        return with(draft -> draft.parameters = values);
    }

    public JobOptions withUntilNow(boolean value) {
        return with(draft -> draft.untilNow = value);
    }

    public JobOptions withSettings(JobSettings values) {
        return with(draft -> draft.settings = values);
    }

    public JobOptions withResults(ResultReceiver value) {
        return with(draft -> draft.results = value);
    }

    /** Goes on where an earlier run of the same query stopped: what it delivered is not delivered again. */
    public JobOptions from(Snapshot snapshot) {
        return with(draft -> draft.from = Optional.of(snapshot));
    }

    /**
     * Keeps the state in a directory, which is made if there is none, and goes on from what is in it. Every epoch, rows and state
     * become durable together: what a job with the same directory shows does not depend on how often it was killed.
     */
    public JobOptions withState(Path directory) {
        return with(draft -> draft.state = Optional.of(directory));
    }

    /**
     * Goes on with the state of a query that computed something else, such as by another constant: what was computed stays, and rows that
     * come are computed by the query of now. A query that keeps something else is refused all the same.
     */
    public JobOptions acceptingChangedQuery() {
        return accepting(accepted.andChangedQuery());
    }

    /** Goes on with the state of another query as far as that is said to be meant. */
    public JobOptions accepting(AcceptedChanges changes) {
        return with(draft -> draft.accepted = changes);
    }

    /** Merges the files of a state directory into one as soon as there are more of them than this, which is at least one. */
    public JobOptions mergingStatesAfter(int files) {
        return with(draft -> draft.stateFiles = files);
    }

    /** Stops by itself after so many epochs, at least one. */
    public JobOptions stoppingAfter(long epochs) {
        return with(draft -> draft.stopAfterEpochs = epochs);
    }

    /** Lets the query use files in these directories only; whatever else it names is refused. Its state may be anywhere. */
    public JobOptions withRoots(Roots value) {
        return with(draft -> draft.roots = value);
    }

    /** Draws which partition is read next: results do not depend on it. */
    public JobOptions withSchedule(long seed) {
        return with(draft -> draft.scheduleSeed = OptionalLong.of(seed));
    }

    private JobOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** Options of which one is about to be another. */
    private static final class Draft {
        private Map<String, String> parameters;
        private boolean untilNow;
        private JobSettings settings;
        private ResultReceiver results;
        private Optional<Snapshot> from;
        private long stopAfterEpochs;
        private OptionalLong scheduleSeed;
        private Optional<Path> state;
        private AcceptedChanges accepted;
        private Roots roots;
        private int stateFiles;

        Draft(JobOptions of) {
            parameters = of.parameters;
            untilNow = of.untilNow;
            settings = of.settings;
            results = of.results;
            from = of.from;
            stopAfterEpochs = of.stopAfterEpochs;
            scheduleSeed = of.scheduleSeed;
            state = of.state;
            accepted = of.accepted;
            roots = of.roots;
            stateFiles = of.stateFiles;
        }

        JobOptions options() {
            return new JobOptions(
                    parameters,
                    untilNow,
                    settings,
                    results,
                    from,
                    stopAfterEpochs,
                    scheduleSeed,
                    state,
                    accepted,
                    roots,
                    stateFiles);
        }
    }

    /** What a worker draws the next partition from. */
    Optional<Random> schedule(int worker) {
        return scheduleSeed.isEmpty() ? Optional.empty() : Optional.of(new Random(scheduleSeed.getAsLong() + worker));
    }

    /** The same with the settings of a query file where these options say nothing. */
    JobOptions over(JobSettings ofQuery) {
        return withSettings(settings.over(ofQuery));
    }

    int batchRows() {
        return settings.batchRows().orElse(Batch.DEFAULT_CAPACITY);
    }

    Duration epoch() {
        return Duration.ofMillis(settings.epochMillis().orElse(DEFAULT_EPOCH_MILLIS));
    }

    StateStoreKind stateStore() {
        return settings.stateStore().orElse(StateStoreKind.AUTO);
    }

    long stateMemory() {
        return settings.stateMemory().orElse(StateMemory.UNLIMITED);
    }

    int hotGroups() {
        return settings.hotGroups().orElse(DEFAULT_HOT_GROUPS);
    }

    /** Parameters by name only: their values may be secrets. */
    @Override
    public String toString() {
        return "options of a job with parameters " + new TreeSet<>(parameters.keySet());
    }
}
