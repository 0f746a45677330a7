package io.leat.cli;

import io.leat.cli.output.Paint;
import io.leat.runtime.job.RuntimeVersion;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code leat} command. */
@Command(
        name = "leat",
        versionProvider = Leat.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs streaming SQL over files and Kafka.",
        footer = {"", "Start with 'leat demo'. 'leat COMMAND --help' says more about a command."},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, also after Ctrl-C in good order",
            "1:the job failed over its data",
            "2:wrong usage of the command",
            "3:what a state directory holds cannot be gone on from",
            "65:the query does not compile",
            "66:an input is missing",
            "69:a server does not answer",
            "70:a mistake in Leat",
            "74:reading or writing failed",
            "78:wrong configuration",
            "130:stopped at once by Ctrl-C",
            "143:stopped at once by a signal to terminate"
        })
public final class Leat implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    private Leat(Console console) {
        this.console = console;
    }

    public static void main(String[] arguments) {
        System.exit(run(Console.ofProcess(), arguments));
    }

    /** Runs the command; returns its exit code. */
    static int run(Console console, String... arguments) {
        Invocation invocation = new Invocation(console, List.of(arguments));
        Paint paint = ColorMode.AUTO.paint(console.terminal().output(), console.terminal());
        Ansi ansi = paint == Paint.COLOURS ? Ansi.ON : Ansi.OFF;
        PrintWriter out = new PrintWriter(console.output(), true, StandardCharsets.UTF_8);
        int exitCode = new CommandLine(new Leat(console))
                .addSubcommand(new RunCommand(invocation))
                .addSubcommand(new QueryCommand(invocation))
                .addSubcommand(new CheckCommand(invocation))
                .addSubcommand(new ExplainCommand(invocation))
                .addSubcommand(new CompileCommand(invocation))
                .addSubcommand(new DiffCommand(invocation))
                .addSubcommand(new ForkCommand(invocation))
                .addSubcommand(new DemoCommand(invocation))
                .setExpandAtFiles(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setHelpFactory(HelpPage::new)
                .setOut(out)
                .setParameterExceptionHandler(new UsageErrors(console))
                .execute(arguments);
        // The help, which goes there past whoever looks after results.
        if (out.checkError() && !console.output().isAbandoned() && exitCode == ExitCode.OK.number()) {
            console.errors().println("error: cannot write to standard output");
            return ExitCode.INPUT_OUTPUT.number();
        }
        return exitCode;
    }

    /** Called without a subcommand: that is not enough, and the help says what is missing. */
    @Override
    public Integer call() {
        console.errors().println(spec.commandLine().getUsageMessage(Ansi.OFF).stripTrailing());
        return ExitCode.USAGE.number();
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"leat " + RuntimeVersion.CURRENT + " (Java " + System.getProperty("java.version") + ")"
            };
        }
    }
}
