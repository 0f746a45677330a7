package io.leat.compiler.corpus;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobFailure;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.RejectLimitException;
import io.leat.runtime.local.SecretResolver;
import io.leat.runtime.pipeline.DataException;
import io.leat.runtime.platform.Clock;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Threads;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs jobs where the clock stands still, so that {@code NOW()} is the same for everybody. Closing it finds leaks. */
public final class TestEngine implements AutoCloseable {
    /** 2026-06-01T12:00:00Z. */
    public static final long NOW_MICROS = 1_780_315_200_000_000L;

    private final Engine engine = Engine.open(
            new Platform(new StandingClock(), Disk.system(), Threads.system()), SecretResolver.environmentOnly());

    private static final class StandingClock implements Clock {
        @Override
        public long wallMicros() {
            return NOW_MICROS;
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    }

    /**
     * Runs a job to its end and frees everything it holds; fails if it holds more then.
     *
     * @param folder where its tables are
     * @param parameters values for {@code ${name}} in options
     */
    public Outcome run(CompiledJob compiled, JobSettings settings, Path folder, Map<String, String> parameters) {
        return run(compiled, settings, folder, parameters, false);
    }

    /**
     * Runs a job so.
     *
     * @param untilNow whether what has no end is read up to what is there
     */
    public Outcome run(
            CompiledJob compiled, JobSettings settings, Path folder, Map<String, String> parameters, boolean untilNow) {
        CollectedResults results = new CollectedResults();
        Map<String, String> given = new HashMap<>(parameters);
        given.put(CaseText.FOLDER, folder.toString());
        JobOptions options = JobOptions.defaults()
                .withParameters(given)
                .withUntilNow(untilNow)
                .withSettings(settings)
                .withResults(results);
        try (Job job = engine.deploy(compiled, options)) {
            try {
                JobReport report = job.await();
                return new Outcome(results.answers(), Optional.empty(), Optional.of(report));
            } catch (DataException | ConnectorException | RejectLimitException e) {
                return new Outcome(List.of(), Optional.of(message(e)), Optional.empty());
            } catch (JobFailure e) {
                throw new AssertionError("the job failed at " + e.position() + ": " + e.getMessage(), e);
            }
        }
    }

    private static String message(RuntimeException failure) {
        return failure instanceof DataException data
                ? data.position() + " " + data.reason() + ": " + data.getMessage()
                : failure.getMessage();
    }

    @Override
    public void close() {
        engine.close();
    }
}
