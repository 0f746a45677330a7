package io.leat.cli;

import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.CompiledJob;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leat query}. */
@Command(
        name = "query",
        description = "Run a query that is written on the command line.",
        footer = {
            "",
            "Files may stand where tables do; they show their columns. Results go to",
            "standard output, everything else to standard error.",
            "",
            "Examples:",
            "  leat query \"FROM 'events/*.json' |> AGGREGATE count(*) AS n GROUP BY user\"",
            "  leat query \"SELECT * FROM 'a.parquet' ORDER BY id LIMIT 10\" --output csv"
        })
final class QueryCommand extends Subcommand {
    /** What messages call the query, which has no file. */
    private static final String NAME = "query";

    @Parameters(paramLabel = "SQL", description = "The statements, as they would stand in a file.")
    private String text;

    @Mixin
    private final QueryOptions query = new QueryOptions();

    @Mixin
    private final ParallelismOption parallelism = new ParallelismOption();

    @Mixin
    private final RunOptions run = new RunOptions();

    QueryCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run(Session session) {
        SourceText source = new SourceText(NAME, text);
        CompiledJob job = compile(source, parallelism.addTo(query.compileOptionsBySize()), session)
                .job();
        return new JobRunner(session, new Work(job, NAME, Optional.of(source)), session.platform())
                .run(
                        JobRunner.options(query, run),
                        run.shown(session, job.graph().zone()));
    }
}
