package io.leat.runtime.local;

import io.leat.runtime.platform.Threads;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A job that was deployed. It runs by itself; this is the handle to watch it, to end it and to free what it holds. Safe from any
 * thread.
 */
public final class Job implements AutoCloseable {
    private final JobRun run;
    private final JobContext context;
    private final Threads threads;
    private final Consumer<Job> onClose;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile RuntimeException failure;
    private volatile JobReport lastReport;
    private boolean closed;

    Job(JobRun run, JobContext context, Threads threads, Consumer<Job> onClose) {
        this.run = run;
        this.context = context;
        this.threads = threads;
        this.onClose = onClose;
    }

    void start(String name) {
        threads.start("leat-job-" + name, 0, this::runToEnd);
    }

    private void runToEnd() {
        try {
            run.run();
        } catch (RuntimeException | Error e) {
            failure = JobFailure.of(e, context.job());
        } finally {
            lastReport = run.report();
            ended.countDown();
        }
    }

    /**
     * Waits until the job has ended.
     *
     * @throws RuntimeException why it failed: {@code DataException}, {@code RejectLimitException}, {@code ConnectorException}, {@link SnapshotException}, or
     *     {@link JobFailure} for anything else
     */
    public JobReport await() {
        threads.await(ended);
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return lastReport;
    }

    /** Whether the job has ended, in whatever way. */
    public boolean isEnded() {
        return ended.getCount() == 0;
    }

    /** Why the job failed; empty if it did not, or not yet. */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Ends the job in good order: sources are read no further, what was read is worked off and delivered. Windows that are still
     * open do not fire: a job with a state directory keeps them for its next start. Returns at once; {@link #await} waits for it.
     */
    public void drain() {
        run.drain();
    }

    /** Ends the job at once, in the middle of whatever it does. */
    public void stop() {
        run.stop();
    }

    /**
     * Ends the job at the end of an epoch, which is now: what was read is worked off as far as it goes, and delivered. What it keeps is in
     * the snapshot, from which {@link JobOptions#from} goes on. Waits for it; empty if the job ended before, or keeps its state in a
     * directory.
     */
    public Optional<Snapshot> stopWithSnapshot() {
        run.stopWithSnapshot();
        await();
        return snapshot();
    }

    /** What the job stopped with; empty if it has not stopped so, or keeps its state in a directory. */
    public Optional<Snapshot> snapshot() {
        return Optional.ofNullable(run.snapshot());
    }

    /** Whether the job stopped at the end of an epoch with something left to do: its snapshot or its state directory goes on from there. */
    public boolean isPaused() {
        return run.isPaused();
    }

    /** What the job has done so far. */
    public JobReport report() {
        JobReport last = lastReport;
        return last != null ? last : run.report();
    }

    /** Stops the job if it still runs, and frees everything it holds. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        run.stop();
        threads.await(ended);
        context.close();
        onClose.accept(this);
    }
}
