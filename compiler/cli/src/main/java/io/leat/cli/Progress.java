package io.leat.cli;

import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.JobReport.SourceReport;
import io.leat.runtime.local.RowCounts;
import io.leat.runtime.platform.Platform;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Keeps the status line up to date while a job runs: after two seconds, for a short job needs none.
 *
 * <p>Calling order: {@link #start} at most once, {@link #close} always, which erases the line.
 */
final class Progress implements AutoCloseable {
    private static final long QUIET_NANOS = 2_000_000_000L;
    private static final long PAUSE_NANOS = 250_000_000L;

    private final Platform platform;
    private final StatusLine line;
    private final Supplier<JobReport> job;
    private final long startNanos;
    private boolean closed;

    Progress(Platform platform, StatusLine line, Supplier<JobReport> job) {
        this.platform = platform;
        this.line = line;
        this.job = job;
        this.startNanos = platform.clock().nanos();
    }

    void start() {
        platform.threads().start("leat-progress", 0, this::showAgainAndAgain);
    }

    private void showAgainAndAgain() {
        long rowsBefore = 0;
        long before = startNanos;
        while (!isClosed()) {
            platform.threads().park(PAUSE_NANOS);
            long now = platform.clock().nanos();
            if (now - startNanos >= QUIET_NANOS) {
                JobReport report = job.get();
                long rows = sum(report, RowCounts::read);
                show(text(report, Figures.rate(rows - rowsBefore, now - before), now - startNanos));
                rowsBefore = rows;
                before = now;
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void show(String text) {
        if (!closed) {
            line.show(text);
        }
    }

    static String text(JobReport report, String rate, long elapsedNanos) {
        return Figures.rows(sum(report, RowCounts::read)) + " read, "
                + rate + ", "
                + Figures.grouped(sum(report, RowCounts::late)) + " late, "
                + Figures.grouped(sum(report, RowCounts::rejected)) + " rejected, "
                + Figures.elapsed(elapsedNanos);
    }

    private static long sum(JobReport report, ToLongFunction<RowCounts> count) {
        return report.sources().stream()
                .map(SourceReport::counts)
                .mapToLong(count)
                .sum();
    }

    @Override
    public synchronized void close() {
        closed = true;
        line.clear();
    }
}
