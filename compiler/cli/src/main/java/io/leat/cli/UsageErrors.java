package io.leat.cli;

import io.leat.cli.output.Paint;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line. */
final class UsageErrors implements IParameterExceptionHandler {
    private final Console console;

    UsageErrors(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        Paint paint = ColorMode.AUTO.paint(console.terminal().errors(), console.terminal());
        Messages messages = new Messages(console.errors(), paint, false);
        String name = command.getCommandSpec().qualifiedName().replaceFirst("^leat", console.commandName());
        if (exception instanceof UnmatchedArgumentException unmatched) {
            tellUnmatched(unmatched, name, messages);
        } else {
            String message = exception.getMessage();
            messages.error(
                    message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1),
                    name + " --help says more");
        }
        return ExitCode.USAGE.number();
    }

    private static void tellUnmatched(UnmatchedArgumentException exception, String name, Messages messages) {
        String argument = exception.getUnmatched().get(0);
        boolean isRoot = exception.getCommandLine().getParent() == null;
        List<String> meant = exception.getSuggestions();
        String help = meant.isEmpty()
                ? name + " --help says more"
                : "did you mean " + meant.stream().map(each -> "'" + each + "'").collect(Collectors.joining(" or "))
                        + "?";
        if (exception.isUnknownOption()) {
            messages.error("there is no option " + argument, help);
        } else if (isRoot && argument.matches(".*\\.(sql|jar)|-")) {
            messages.error("'" + argument + "' is no command", "to run it: " + name + " run " + argument);
        } else if (isRoot) {
            messages.error("there is no command '" + argument + "'", help);
        } else {
            messages.error("'" + argument + "' is one argument too many", help);
        }
    }
}
