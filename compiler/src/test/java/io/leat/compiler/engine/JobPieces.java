package io.leat.compiler.engine;

import io.leat.runtime.epoch.StateException;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.Snapshot;
import io.leat.runtime.local.SnapshotException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * Runs a job in pieces: it stops at the end of an epoch, all it kept becomes bytes, and the next job goes on from there, until one comes
 * to the end. With epochs as short as can be it stops behind a batch.
 */
public final class JobPieces {
    /** How many times a job stops often. */
    private static final int OFTEN = 4;

    private JobPieces() {}

    /**
     * @param jobs take turns; they are made from the same query, for different numbers of workers perhaps
     * @param seed where it stops is drawn from
     * @param resumed is called before each piece but the first
     */
    public static JobReport run(
            Engine engine, List<CompiledJob> jobs, JobOptions options, long seed, Runnable resumed) {
        return run(
                engine,
                jobs,
                options,
                seed,
                resumed,
                (job, next) -> job.snapshot().map(snapshot -> next.from(Snapshot.of(snapshot.toBytes()))));
    }

    /**
     * Keeps the state in a directory, in which each piece finds one with everything, and behind it what was different at the end of each
     * epoch.
     */
    public static JobReport runKept(
            Engine engine, List<CompiledJob> jobs, JobOptions options, Path state, long seed, Runnable resumed) {
        return run(
                engine,
                jobs,
                options.withState(state),
                seed,
                resumed,
                (job, next) -> Optional.of(next).filter(each -> job.isPaused()));
    }

    /**
     * @param going what the next piece is run with; empty if the job has come to its end
     */
    private static JobReport run(
            Engine engine,
            List<CompiledJob> jobs,
            JobOptions options,
            long seed,
            Runnable resumed,
            BiFunction<Job, JobOptions, Optional<JobOptions>> going) {
        SplittableRandom random = new SplittableRandom(seed);
        JobOptions next = options.withSettings(options.settings().withEpochMillis(0));
        List<CompiledJob> turns = jobs;
        int longest = 2;
        for (int piece = 0; ; piece++) {
            // Long runs stop less and less often.
            longest = piece < OFTEN ? longest : 2 * longest;
            next = next.stoppingAfter(1 + random.nextInt(longest));
            try (Job job = engine.deploy(turns.get(piece % turns.size()), next)) {
                JobReport report = job.await();
                Optional<JobOptions> more = going.apply(job, next);
                if (more.isEmpty()) {
                    return report;
                }
                resumed.run();
                next = more.get();
            } catch (SnapshotException | StateException e) {
                if (turns.size() == 1 || !e.getMessage().contains(" cannot be moved ")) {
                    throw e;
                }
                // Who took the last turn takes this one, too, and all others.
                turns = List.of(turns.get((piece - 1) % turns.size()));
            }
        }
    }
}
