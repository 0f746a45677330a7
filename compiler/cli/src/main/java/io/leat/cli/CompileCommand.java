package io.leat.cli;

import io.leat.compiler.CompileOptions;
import io.leat.runtime.job.CompiledJob;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat compile}. */
@Command(
        name = "compile",
        description = "Write a query down as a job jar.",
        footer = {
            "",
            "A job jar runs with 'leat run', or inside any program that has leat-runtime",
            "on its class path. The same query gives the same bytes.",
            "",
            "Example:",
            "  leat compile turnover.sql -o turnover.jar"
        })
final class CompileCommand extends Subcommand {
    @Parameters(paramLabel = "FILE", description = "A query, or - for one from standard input.")
    private String file;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "JAR",
            description = "Where the job goes. A jar that is there already is replaced.")
    private String jar;

    @Mixin
    private final QueryOptions query = new QueryOptions();

    @Mixin
    private final ParallelismOption parallelism = new ParallelismOption();

    CompileCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run(Session session) {
        Path target = target(session);
        CompileOptions options = parallelism.addTo(query.compileOptions());
        CompiledJob job = compile(QueryFile.read(file, session.console()).text(), options, session)
                .job();
        job.save(target);
        session.messages()
                .say("wrote " + jar + "; run it with: " + session.console().commandName() + " run " + jar);
        return ExitCode.OK;
    }

    /** Where the jar goes. Whoever mixes up the two files keeps the query. */
    private Path target(Session session) {
        try {
            Path path = Path.of(jar);
            if (session.platform().disk().isFile(path)
                    && !QueryFile.read(jar, session.console()).isReplaceable()) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "'" + jar + "' is there already, is no jar, and is not overwritten",
                        "name the jar behind -o, such as job.jar");
            }
            return path;
        } catch (InvalidPathException e) {
            throw new CommandException(ExitCode.USAGE, "'" + jar + "' cannot be the name of a file", "");
        }
    }
}
