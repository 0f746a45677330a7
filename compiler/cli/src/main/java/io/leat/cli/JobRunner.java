package io.leat.cli;

import io.leat.cli.Signals.Listening;
import io.leat.cli.output.ResultPrinter;
import io.leat.runtime.connector.Guarantee;
import io.leat.runtime.job.OptionValue;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Guarantees;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.SecretResolver;
import io.leat.runtime.platform.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Runs one job to its end, or until somebody ends it, and reports what it did. */
final class JobRunner {
    private final Session session;
    private final Work work;
    private final Platform platform;

    /**
     * @param platform the machine with the standard streams that tables may read and write
     */
    JobRunner(Session session, Work work, Platform platform) {
        this.session = session;
        this.work = work;
        this.platform = platform;
    }

    /** What options of a command say of how a job runs that keeps no state. */
    static JobOptions options(QueryOptions query, RunOptions run) {
        return JobOptions.defaults()
                .withParameters(query.parameters())
                .withUntilNow(query.untilNow())
                .withRoots(query.roots())
                .withSettings(run.settings());
    }

    ExitCode run(JobOptions options, ResultPrinter.Settings shown) {
        try (Engine engine = Engine.open(platform, SecretResolver.environmentOnly());
                BufferAllocator allocator = new RootAllocator()) {
            Stopping stopping = new Stopping(platform.threads(), session.messages());
            // Tables are written to their end, whoever reads the results.
            Runnable whenAbandoned = isForOutputOnly() ? stopping::abandon : () -> {};
            try (ResultPrinter results =
                            new ResultPrinter(shown, session.console().output(), allocator, whenAbandoned);
                    Job job = engine.deploy(work.job(), options.withResults(results))) {
                stopping.of(job);
                options.state().ifPresent(this::sayGuarantees);
                return follow(job, results, stopping);
            }
        }
    }

    /** What is kept, and which rows may come twice nevertheless. */
    private void sayGuarantees(Path state) {
        List<String> again = work.job().graph().sinks().stream()
                .filter(sink -> Guarantees.of(sink) == Guarantee.AT_LEAST_ONCE)
                .map(SinkSpec::name)
                .distinct()
                .toList();
        boolean committed = work.job().graph().sinks().stream().anyMatch(Guarantees::isTransactional);
        session.messages()
                .say("state is kept in " + state
                        + (again.isEmpty()
                                ? ": rows are delivered exactly once"
                                : ": rows of " + String.join(", ", again) + " are delivered at least once")
                        + (committed
                                ? "; they are in topics when their transaction is committed: readers need"
                                        + " isolation.level = read_committed"
                                : ""));
    }

    private ExitCode follow(Job job, ResultPrinter results, Stopping stopping) {
        long start = platform.clock().nanos();
        Optional<RuntimeException> failure = end(job, stopping);
        long elapsed = platform.clock().nanos() - start;
        if (isForOutputOnly() && session.console().output().isAbandoned()) {
            return ExitCode.OK;
        }
        ExitCode exitCode =
                failure.map(thrown -> session.failures().tell(thrown, work)).orElse(stopping.exitCode());
        ClosingReport closing = new ClosingReport(job.report(), work.job().graph(), results.rows(), elapsed);
        if (failure.isEmpty() || closing.saysAnything()) {
            closing.lines(session.isVerbose()).forEach(session.messages()::say);
        }
        return exitCode;
    }

    private Optional<RuntimeException> end(Job job, Stopping stopping) {
        Listening listening = session.console().signals().listen(stopping::request);
        Progress progress = new Progress(platform, session.console().errors(), job::report);
        if (session.showsProgress()) {
            progress.start();
        }
        try {
            job.await();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        } finally {
            progress.close();
            listening.close();
        }
    }

    /** Whether nothing is left to do when nobody reads standard output any more. */
    private boolean isForOutputOnly() {
        return work.job().graph().sinks().stream()
                .allMatch(sink -> sink.kind() != SinkSpec.Kind.TABLE || isStandardOutput(sink));
    }

    private static boolean isStandardOutput(SinkSpec sink) {
        OptionValue path = sink.options().get("path");
        return path != null && path.text().equals("-");
    }
}
