package io.leat.compiler.corpus;

import io.leat.compiler.engine.JobPieces;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.Connectors;
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
import java.util.function.Supplier;

/** Runs jobs where the clock stands still, so that {@code NOW()} is the same for everybody. Closing it finds leaks. */
public final class TestEngine implements AutoCloseable {
    /** 2026-06-01T12:00:00Z. */
    public static final long NOW_MICROS = 1_780_315_200_000_000L;

    private final Engine engine;

    public TestEngine() {
        this(new StandingClock(), Connectors.installed());
    }

    /** For a case in which the clock goes on. */
    TestEngine(CaseClock clock) {
        this(clock, Connectors.installed().with(new StagedConnector()));
    }

    private TestEngine(Clock clock, Connectors connectors) {
        this.engine = Engine.open(
                new Platform(clock, UnsyncedDisk.over(Disk.system()), Threads.system()),
                SecretResolver.environmentOnly(),
                connectors);
    }

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
        return run(compiled, options(settings, folder, parameters, untilNow, results), results);
    }

    /** Runs a job that reads its partitions in turns drawn from a seed. */
    Outcome runShuffled(
            CompiledJob compiled, JobSettings settings, Path folder, Map<String, String> parameters, long seed) {
        CollectedResults results = new CollectedResults();
        return run(
                compiled, options(settings, folder, parameters, false, results).withSchedule(seed), results);
    }

    private Outcome run(CompiledJob compiled, JobOptions options, CollectedResults results) {
        return outcome(results, "in one piece", () -> {
            try (Job job = engine.deploy(compiled, options)) {
                return job.await();
            }
        });
    }

    /**
     * Runs a job in pieces, as {@link JobPieces} says.
     *
     * @param jobs take turns
     * @param untilNow whether what has no end is read up to what is there
     */
    public Outcome runInPieces(
            List<CompiledJob> jobs,
            JobSettings settings,
            Path folder,
            Map<String, String> parameters,
            boolean untilNow,
            long seed) {
        CollectedResults results = new CollectedResults();
        JobOptions options = options(settings, folder, parameters, untilNow, results);
        return outcome(
                results, "in pieces, seed " + seed, () -> JobPieces.run(engine, jobs, options, seed, results::resume));
    }

    /** Runs a job in pieces that keep their state in a directory. */
    Outcome runKept(
            List<CompiledJob> jobs,
            JobSettings settings,
            Path folder,
            Map<String, String> parameters,
            Path state,
            long seed) {
        CollectedResults results = new CollectedResults();
        JobOptions options = options(settings, folder, parameters, false, results);
        return outcome(
                results,
                "with kept state, seed " + seed,
                () -> JobPieces.runKept(engine, jobs, options, state, seed, results::resume));
    }

    private static JobOptions options(
            JobSettings settings,
            Path folder,
            Map<String, String> parameters,
            boolean untilNow,
            CollectedResults results) {
        Map<String, String> given = new HashMap<>(parameters);
        given.put(CaseText.FOLDER, folder.toString());
        return JobOptions.defaults()
                .withParameters(given)
                .withUntilNow(untilNow)
                .withSettings(settings)
                .withResults(results);
    }

    private static Outcome outcome(CollectedResults results, String who, Supplier<JobReport> run) {
        try {
            JobReport report = run.get();
            return new Outcome(results.answers(), Optional.empty(), Optional.of(report));
        } catch (DataException | ConnectorException | RejectLimitException e) {
            return new Outcome(List.of(), Optional.of(message(e)), Optional.empty());
        } catch (JobFailure e) {
            throw new AssertionError(who + ": the job failed at " + e.position() + ": " + e.getMessage(), e);
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
