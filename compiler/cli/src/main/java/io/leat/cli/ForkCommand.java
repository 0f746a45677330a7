package io.leat.cli;

import io.leat.runtime.epoch.StateFork;
import io.leat.runtime.epoch.StateFork.Done;
import io.leat.runtime.epoch.StateFork.LaterRows;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat fork}. */
@Command(
        name = "fork",
        description = "Go back on purpose: begin another job with the state that one had.",
        footer = {
            "",
            "The new job has a directory and an id of its own, and reads again what came",
            "behind the epoch. The job before stays as it is: do not go on with both where",
            "they write to the same tables.",
            "",
            "Rows that later epochs have shown are not taken back by themselves:",
            "--rows keep leaves them, and those of the new job come beside them, unless it",
            "writes to other tables; --rows set-aside moves their files to _set-aside, so",
            "that the tables are what they were at the end of the epoch.",
            "",
            "Example:",
            "  leat fork state/turnover state/again --epoch 41 --rows set-aside"
        })
final class ForkCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "DIR", description = "The state directory of a job that does not run.")
    private Path from;

    @Parameters(index = "1", paramLabel = "NEWDIR", description = "A new or empty directory for the new job.")
    private Path to;

    @Option(
            names = "--epoch",
            paramLabel = "N",
            converter = NumberConverter.class,
            description = "At whose end it begins: the last decided epoch, or the one before. Default: the last.")
    private Integer epoch;

    @Option(
            names = "--rows",
            paramLabel = "WHAT",
            converter = RowsConverter.class,
            description = "What becomes of rows that later epochs have shown: keep or set-aside.")
    private LaterRows rows;

    static final class RowsConverter extends ChoiceConverter<LaterRows> {
        RowsConverter() {
            super(LaterRows.values());
        }
    }

    ForkCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run(Session session) {
        OptionalLong at = epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
        Done done = new StateFork(session.platform()).fork(from, to, at, Optional.ofNullable(rows));
        done.setAside().forEach(file -> session.messages().say("set aside: " + file));
        session.messages()
                .say("a new job begins in " + to + " with the state of epoch " + done.epoch() + "; run it with: "
                        + session.console().commandName() + " run FILE.sql --state " + to);
        return ExitCode.OK;
    }
}
