package io.leat.compiler.engine;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.local.RowCounts;
import io.leat.runtime.local.SecretResolver;
import io.leat.runtime.platform.Clock;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Threads;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Compiles and runs queries over the files of a folder. A job that leaves memory behind fails when it is closed, as does this. */
final class QueryRuns implements AutoCloseable {
    private static final QueryCompiler COMPILER = new QueryCompiler();

    private final Engine engine;
    private final Path folder;

    /**
     * @param folder what {@code ${dir}} stands for
     */
    QueryRuns(Clock clock, Path folder) {
        this(new Platform(clock, Disk.system(), Threads.system()), folder);
    }

    QueryRuns(Platform platform, Path folder) {
        this.engine = Engine.open(platform, SecretResolver.environmentOnly());
        this.folder = folder;
    }

    /** What a job did and what its queries answered. */
    record Outcome(ResultRows rows, JobReport report) {
        /** What became of the rows of a table. */
        RowCounts counts(String table) {
            return report.sources().stream()
                    .filter(source -> source.table().equals(table))
                    .findFirst()
                    .orElseThrow()
                    .counts();
        }
    }

    static CompiledJob compile(String sql, int workers) {
        CompileOptions options = CompileOptions.defaults().withParallelism(workers);
        return COMPILER.compile(new SourceText("test.sql", sql), options).job();
    }

    /** Runs a job to its end and frees it. */
    Outcome run(CompiledJob compiled, JobSettings settings) {
        ResultRows rows = new ResultRows();
        try (Job job = start(compiled, settings, rows)) {
            return new Outcome(rows, job.await());
        }
    }

    /** Runs a job in pieces, as {@link JobPieces} says; the jobs take turns. */
    Outcome runInPieces(List<CompiledJob> jobs, JobSettings settings, long seed) {
        ResultRows rows = new ResultRows();
        return new Outcome(rows, JobPieces.run(engine, jobs, options(settings, rows), seed, rows::resume));
    }

    /** Starts a job; the caller closes it. */
    Job start(CompiledJob compiled, JobSettings settings, ResultReceiver rows) {
        return start(compiled, options(settings, rows));
    }

    /** Starts a job; the caller closes it. */
    Job start(CompiledJob compiled, JobOptions options) {
        return engine.deploy(compiled, options);
    }

    /** Over the files of the folder. */
    JobOptions options(JobSettings settings, ResultReceiver rows) {
        return JobOptions.defaults()
                .withParameters(Map.of("dir", folder.toString()))
                .withSettings(settings)
                .withResults(rows);
    }

    @Override
    public void close() {
        engine.close();
    }
}
