package io.leat.cli;

import io.leat.cli.output.OutputFormat;
import io.leat.cli.output.ResultPrinter;
import io.leat.compiler.CompileOptions;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code leat demo}: a query over made-up rows, for a first look. */
@Command(
        name = "demo",
        description = "Run an example: a windowed query over made-up rows. Needs neither files nor a broker.")
final class DemoCommand extends Subcommand {
    private static final String FILE = "demo.sql";
    private static final int ROWS_PER_SECOND = 1_000;

    @Option(
            names = "--rows",
            paramLabel = "N",
            converter = NumberConverter.class,
            defaultValue = "10000",
            description = "How many rows to make up, " + ROWS_PER_SECOND + " a second. Default: 10000.")
    private int rows;

    @Option(names = "--save", description = "Write the query to " + FILE + " in this directory instead of running it.")
    private boolean save;

    DemoCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run(Session session) {
        if (rows < 1) {
            throw new CommandException(ExitCode.USAGE, "--rows must be 1 at least, and " + rows + " is not", "");
        }
        String query = resource(FILE).replace("${rows}", Integer.toString(rows));
        return save ? save(query, session) : show(new SourceText(FILE, query), session);
    }

    private static String resource(String name) {
        try (InputStream in = DemoCommand.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a file of this program cannot be read", e);
        }
    }

    private static ExitCode save(String query, Session session) {
        try (OutputStream out = session.platform().disk().create(Path.of(FILE))) {
            out.write(query.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandException(ExitCode.INPUT_OUTPUT, "cannot write '" + FILE + "': " + Disk.reason(e), "");
        }
        session.messages().say("wrote " + FILE + ". Try next:");
        advice(
                session,
                "run " + FILE,
                "run " + FILE + " --output csv",
                "explain " + FILE,
                "explain " + FILE + " --code",
                "compile " + FILE + " -o demo.jar");
        return ExitCode.OK;
    }

    private ExitCode show(SourceText query, Session session) {
        Messages messages = session.messages();
        messages.say("This query counts over " + Figures.rows(rows) + " that are made up, "
                + Figures.grouped(ROWS_PER_SECOND) + " a second:");
        messages.say("");
        query.text().lines().forEach(line -> messages.say("  " + line));
        messages.say("");
        CompiledJob job = compile(query, CompileOptions.defaults(), session).job();
        Terminal terminal = session.console().terminal();
        ExitCode exitCode = new JobRunner(session, new Work(job, FILE, Optional.of(query)), session.platform())
                .run(
                        JobOptions.defaults(),
                        new ResultPrinter.Settings(
                                terminal.output() ? OutputFormat.BOX : OutputFormat.NDJSON,
                                ZoneId.of(job.graph().zone()),
                                session.outputPaint(),
                                terminal.tableWidth()));
        if (exitCode == ExitCode.OK && !session.console().output().isAbandoned()) {
            messages.say("");
            resource("demo-end.txt").lines().forEach(messages::say);
            advice(session, "demo --save", "run --help");
        }
        return exitCode;
    }

    private static void advice(Session session, String... commands) {
        for (String command : commands) {
            session.messages().say("  " + session.console().commandName() + " " + command);
        }
    }
}
