package io.leat.cli;

import io.leat.runtime.local.AcceptedChanges;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leat diff}. */
@Command(
        name = "diff",
        description = "Say what becomes of the state of a query that has changed.",
        footer = {
            "",
            "One line for each operator that keeps something, with where it stands in NEW:",
            "kept, migrated (to another form), rebuilt (from the first row of its sources),",
            "changed (kept, and from now on it computes something else), added (it begins",
            "with the rows that come now), dropped or refused.",
            "Ends with 0 if 'leat run --state' would go on with the same options, with 3",
            "if not.",
            "",
            "Examples:",
            "  leat diff turnover.sql turnover-new.sql",
            "  leat diff state/turnover turnover-new.sql"
        })
final class DiffCommand extends Subcommand {
    @Parameters(
            index = "0",
            paramLabel = "OLD",
            description = "The query before, a job jar, or the directory that its state is in.")
    private String before;

    @Parameters(index = "1", paramLabel = "NEW", description = "The query that is to go on, or a job jar.")
    private String now;

    @Mixin
    private final QueryOptions query = new QueryOptions();

    @Mixin
    private final ChangeOptions changes = new ChangeOptions();

    DiffCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run(Session session) {
        QueryDiff diff = new QueryDiff(
                session, query.compileOptions(), new AcceptedChanges(changes.changedQuery(), changes.partialResults()));
        print(diff.lines(before, now), session);
        return diff.goesOn() ? ExitCode.OK : ExitCode.STATE;
    }
}
