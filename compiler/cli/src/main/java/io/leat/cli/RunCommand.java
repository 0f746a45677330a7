package io.leat.cli;

import io.leat.compiler.CompileOptions;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.local.AcceptedChanges;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.platform.Clock;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leat run}. */
@Command(
        name = "run",
        description = "Run a query or a compiled job.",
        footer = {
            "",
            "Results go to standard output, everything else to standard error.",
            "Ctrl-C ends the job in good order: what was read is worked off. Ctrl-C again",
            "stops it at once.",
            "",
            "Examples:",
            "  leat run turnover.sql",
            "  leat run turnover.sql --output csv -D day=2026-01-31 > turnover.csv",
            "  leat run turnover.sql --state state/turnover",
            "  echo \"SELECT 6 * 7 AS answer\" | leat run -"
        })
final class RunCommand extends Subcommand {
    @Parameters(
            paramLabel = "FILE",
            description =
                    "A query (FILE.sql), a job jar that 'leat compile' wrote, or - for a query from standard input.")
    private String file;

    @Mixin
    private final QueryOptions query = new QueryOptions();

    @Mixin
    private final ParallelismOption parallelism = new ParallelismOption();

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final StateOption state = new StateOption();

    @Mixin
    private final ChangeOptions changes = new ChangeOptions();

    RunCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run(Session session) {
        JobOptions given = JobRunner.options(query, run);
        JobOptions kept = state.directory().map(given::withState).orElse(given);
        changes.check(state.directory().isPresent());
        JobOptions options = kept.accepting(new AcceptedChanges(changes.changedQuery(), changes.partialResults()));
        Work work = work(session);
        Platform platform = file.equals(QueryFile.STANDARD_INPUT)
                ? new Platform(
                        Clock.system(),
                        Disk.system(new UsedUp(), session.console().output()),
                        Threads.system())
                : session.platform();
        return new JobRunner(session, work, platform)
                .run(options, run.shown(session, work.job().graph().zone()));
    }

    private Work work(Session session) {
        QueryFile text = QueryFile.read(file, session.console());
        if (text.isJar() && !file.equals(QueryFile.STANDARD_INPUT)) {
            if (parallelism.isGiven()) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "a job jar has the parallelism that it was compiled with",
                        "give --parallelism to 'leat compile'");
            }
            CompiledJob job = CompiledJob.load(Path.of(file));
            ParameterUse.check(query.parameters().keySet(), job, file);
            return new Work(job, file, Optional.empty());
        }
        // A job that goes on from its state has to be the one that it was, also when its tables have grown.
        CompileOptions options =
                state.directory().isPresent() ? query.compileOptionsOfKept() : query.compileOptionsBySize();
        CompiledJob job =
                compile(text.text(), parallelism.addTo(options), session).job();
        return new Work(job, text.name(), Optional.of(text.text()));
    }

    /** Standard input when the query came from there. */
    private static final class UsedUp extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the query itself was read from there");
        }
    }
}
