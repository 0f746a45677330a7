package io.leat.cli;

import io.leat.cli.output.Paint;
import io.leat.grammar.source.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
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
            messages.error(message(exception, List.of(arguments)), name + " --help says more");
        }
        return ExitCode.USAGE.number();
    }

    private static String message(ParameterException exception, List<String> arguments) {
        if (exception instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            ArgSpec argument = missing.getMissing().get(0);
            boolean isThere = argument instanceof OptionSpec option
                    && List.of(option.names()).stream().anyMatch(arguments::contains);
            return label(argument) + (isThere ? " needs a value: " + argument.paramLabel() : " is missing");
        }
        if (exception instanceof OverwrittenOptionException overwritten) {
            return label(overwritten.getOverwritten()) + " is given twice";
        }
        if (exception instanceof MutuallyExclusiveArgsException) {
            return "these options do not go together: give one of them";
        }
        ArgSpec argument = exception.getArgSpec();
        if (argument != null && exception.getCause() instanceof TypeConversionException conversion) {
            return label(argument) + ": " + conversion.getMessage();
        }
        return exception.getMessage();
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static void tellUnmatched(UnmatchedArgumentException exception, String name, Messages messages) {
        String argument = exception.getUnmatched().get(0);
        CommandLine command = exception.getCommandLine();
        boolean isRoot = command.getParent() == null;
        if (exception.isUnknownOption()) {
            String option = argument.replaceFirst("=(?s:.*)", "");
            messages.error("there is no option " + option, optionHelp(option, command, name));
        } else if (!isRoot) {
            messages.error("'" + argument + "' is one argument too many", name + " --help says more");
        } else if (argument.matches(".*\\.(sql|jar)|-")) {
            messages.error("'" + argument + "' is no command", "to run it: " + name + " run " + argument);
        } else {
            messages.error("there is no command '" + argument + "'", commandHelp(argument, command, name));
        }
    }

    private static String commandHelp(String argument, CommandLine command, String name) {
        if (names(command).contains("--" + argument)) {
            return "did you mean --" + argument + "?";
        }
        return Suggestion.nearest(argument, command.getSubcommands().keySet())
                .map(each -> "did you mean '" + each + "'?")
                .orElse(name + " --help lists them");
    }

    private static String optionHelp(String option, CommandLine command, String name) {
        Optional<String> owner = command.getSubcommands().entrySet().stream()
                .filter(each -> names(each.getValue()).contains(option))
                .map(each -> each.getKey())
                .findFirst();
        if (owner.isPresent()) {
            return "it stands behind the command: " + name + " " + owner.get() + " " + option;
        }
        Optional<String> nearest =
                option.startsWith("--") ? Suggestion.nearest(option, names(command)) : Optional.empty();
        return nearest.map(each -> "did you mean " + each + "?").orElse(name + " --help says more");
    }

    private static List<String> names(CommandLine command) {
        List<String> names = new ArrayList<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }
}
