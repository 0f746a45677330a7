package io.leat.cli;

import io.leat.cli.output.StandardOutput;
import io.leat.runtime.platform.Clock;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Threads;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What the command is connected to.
 *
 * @param input standard input
 * @param output standard output: data only
 * @param errors standard error, with the status line that may be on it
 * @param commandName how the user called the command, for advice that can be copied
 */
record Console(
        InputStream input,
        StandardOutput output,
        StatusLine errors,
        Terminal terminal,
        Signals signals,
        String commandName) {

    static Console ofProcess() {
        PrintStream errors = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.err)), true, StandardCharsets.UTF_8);
        return of(
                // A bare file stream asks for its position first, which a pipe does not have.
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                new FileOutputStream(FileDescriptor.out),
                errors,
                Terminal.of(System.getProperties(), System.getenv()),
                Signals.ofProcess(),
                System.getProperty("leat.command", "leat"));
    }

    static Console of(
            InputStream input,
            OutputStream output,
            PrintStream errors,
            Terminal terminal,
            Signals signals,
            String commandName) {
        StatusLine status = new StatusLine(errors, terminal);
        // Rows and the status line share the screen only if both are on it.
        Runnable beforeWrite = terminal.output() ? status::clear : () -> {};
        return new Console(input, new StandardOutput(output, beforeWrite), status, terminal, signals, commandName);
    }

    /** This machine, with these streams as its standard ones. */
    Platform platform() {
        return new Platform(Clock.system(), Disk.system(input, output), Threads.system());
    }
}
