package io.leat.cli;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.SourceSizes;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Roots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options that decide what a query means. */
final class QueryOptions {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    @Option(
            names = {"-D", "--define"},
            paramLabel = "NAME=VALUE",
            description = "The value of :NAME in the query and of $${NAME} in table options. May be repeated.")
    private List<String> definitions = new ArrayList<>();

    @Option(
            names = "--until",
            paramLabel = "now",
            converter = UntilConverter.class,
            description =
                    "Read streams up to what is there at the start, and stop. With --state, what is open stays open, and the"
                            + " next run goes on; without, windows end with it.")
    private Until until;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description =
                    "A directory that files of the query must be in, with all below it. May be repeated. Default: files may be anywhere.")
    private List<Path> roots = new ArrayList<>();

    /** Up to where sources that never end are read. */
    enum Until {
        NOW
    }

    static final class UntilConverter extends ChoiceConverter<Until> {
        UntilConverter() {
            super(Until.values());
        }
    }

    boolean isGiven() {
        return !definitions.isEmpty() || until != null || !roots.isEmpty();
    }

    boolean untilNow() {
        return until == Until.NOW;
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        for (String definition : definitions) {
            int equals = definition.indexOf('=');
            String name = equals < 0 ? definition : definition.substring(0, equals);
            if (equals < 0) {
                throw new CommandException(
                        ExitCode.USAGE, "-D " + name + " gives no value", "write -D " + name + "=value");
            }
            if (!NAME.matcher(name).matches()) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "'" + name + "' cannot be the name of a parameter",
                        "names are letters, digits, _, . and -, and begin with a letter or _");
            }
            if (parameters.put(name, definition.substring(equals + 1)) != null) {
                throw new CommandException(ExitCode.USAGE, "-D " + name + " is given twice", "");
            }
        }
        return parameters;
    }

    Roots roots() {
        if (roots.isEmpty()) {
            return Roots.ANYWHERE;
        }
        try {
            return Roots.of(Disk.system(), roots);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--root needs a directory that is there: " + e.getMessage() + ": " + Disk.reason(e),
                    "");
        }
    }

    CompileOptions compileOptions() {
        return CompileOptions.defaults()
                .withParameters(parameters())
                .withUntilNow(untilNow())
                .withRoots(roots());
    }

    /** The same for a job that keeps its state: up to now, it pauses where it would end without. */
    CompileOptions compileOptionsOfKept() {
        return untilNow() ? compileOptions().goingOnLater() : compileOptions();
    }

    /** The same for a job that runs now, and is not gone on with when tables have other sizes. */
    CompileOptions compileOptionsBySize() {
        CompileOptions options = compileOptions();
        try {
            Disk seen = options.roots().confine(Disk.system(), List.of());
            return options.withSizes(new SourceSizes(seen, options.parameters()));
        } catch (IOException e) {
            return options; // what cannot be looked at has no size
        }
    }
}
