package io.leat.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Calls the command in this JVM, connected to texts instead of a terminal. Files are named by their full path. */
final class Shell {
    private final Path directory;
    private InputStream input = InputStream.nullInputStream();
    private Terminal terminal = Terminal.NONE;
    private Signals signals = listener -> () -> {};

    /**
     * How a call ended.
     *
     * @param errors standard error, with file names as a user in the directory would have given them
     */
    record Outcome(int exitCode, String output, String errors) {}

    Shell(Path directory) {
        this.directory = directory;
    }

    Shell input(String text) {
        input = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Shell terminal(Terminal value) {
        terminal = value;
        return this;
    }

    Shell signals(Signals value) {
        signals = value;
        return this;
    }

    /** Writes a file and returns its path. */
    String file(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String path(String name) {
        return directory.resolve(name).toString();
    }

    Outcome call(String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Outcome outcome = call(output, arguments);
        return new Outcome(outcome.exitCode(), output.toString(StandardCharsets.UTF_8), outcome.errors());
    }

    /** Standard output goes there and is not part of the outcome. */
    Outcome call(OutputStream output, String... arguments) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        PrintStream errorStream = new PrintStream(errors, true, StandardCharsets.UTF_8);
        Console console = Console.of(input, output, errorStream, terminal, signals, "leat");
        int exitCode = Leat.run(console, arguments);
        String text = errors.toString(StandardCharsets.UTF_8);
        return new Outcome(exitCode, "", text.replace(directory + "/", ""));
    }

    /** Runs a query that comes from standard input. */
    Outcome run(String query, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "run";
        arguments[1] = "-";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return input(query).call(arguments);
    }
}
