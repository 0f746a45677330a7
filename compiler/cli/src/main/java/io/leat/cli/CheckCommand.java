package io.leat.cli;

import io.leat.grammar.source.SourceText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leat check}. */
@Command(
        name = "check",
        description = "Say what is wrong with queries, without running them.",
        footer = {
            "",
            "Neither files nor brokers are touched. The exit code is 0 if all queries compile,",
            "and otherwise that of the first that does not.",
            "",
            "Examples:",
            "  leat check turnover.sql",
            "  leat check queries/*.sql"
        })
final class CheckCommand extends Subcommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Queries, or - for one from standard input.")
    private List<String> files;

    @Mixin
    private final QueryOptions query = new QueryOptions();

    CheckCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run(Session session) {
        ExitCode first = ExitCode.OK;
        for (int i = 0; i < files.size(); i++) {
            ExitCode exitCode = check(files.get(i), session);
            first = first == ExitCode.OK ? exitCode : first;
        }
        return first;
    }

    private ExitCode check(String file, Session session) {
        try {
            SourceText source = QueryFile.read(file, session.console()).text();
            int statements = compile(source, query.compileOptions(), session)
                    .statements()
                    .size();
            session.messages().say(source.name() + ": ok, " + Figures.counted(statements, "statement"));
            return ExitCode.OK;
        } catch (RuntimeException | Error e) {
            return session.failures().tell(e);
        }
    }
}
