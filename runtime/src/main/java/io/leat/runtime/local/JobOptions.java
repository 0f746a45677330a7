package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import java.time.Duration;
import java.util.Map;

/**
 * How a job is run, as far as the query does not say.
 *
 * @param parameters values for <code>${name}</code> in table options
 * @param untilNow whether unbounded sources are read only up to what exists at the start
 * @param settings win over those of the query file
 * @param results who is shown the results of queries
 */
public record JobOptions(
        Map<String, String> parameters, boolean untilNow, JobSettings settings, ResultReceiver results) {
    private static final long DEFAULT_EPOCH_MILLIS = 1000;
    private static final int DEFAULT_HOT_GROUPS = 4 << 20;

    public JobOptions {
        parameters = Map.copyOf(parameters);
    }

    /** Nothing out of the ordinary; results are ignored. */
    public static JobOptions defaults() {
        return new JobOptions(Map.of(), false, JobSettings.NONE, ResultReceiver.ignoring());
    }

    public JobOptions withParameters(Map<String, String> values) {
        return new JobOptions(values, untilNow, settings, results);
    }

    public JobOptions withUntilNow(boolean value) {
        return new JobOptions(parameters, value, settings, results);
    }

    public JobOptions withSettings(JobSettings values) {
        return new JobOptions(parameters, untilNow, values, results);
    }

    public JobOptions withResults(ResultReceiver value) {
        return new JobOptions(parameters, untilNow, settings, value);
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

    int hotGroups() {
        return settings.hotGroups().orElse(DEFAULT_HOT_GROUPS);
    }
}
