package io.leat.cli;

import io.leat.cli.output.Paint;
import io.leat.runtime.platform.Platform;
import java.util.List;

/** What every subcommand works with, once its options are known. */
final class Session {
    private final Console console;
    private final CommonOptions options;
    private final Messages messages;
    private final Failures failures;

    Session(Console console, CommonOptions options, List<String> arguments) {
        this.console = console;
        this.options = options;
        Paint paint = options.color().paint(console.terminal().errors(), console.terminal());
        this.messages = new Messages(console.errors(), paint, options.isQuiet());
        this.failures = new Failures(messages, arguments, options.isVerbose());
    }

    Console console() {
        return console;
    }

    Messages messages() {
        return messages;
    }

    Failures failures() {
        return failures;
    }

    Platform platform() {
        return console.platform();
    }

    boolean isVerbose() {
        return options.isVerbose();
    }

    boolean showsProgress() {
        return console.terminal().errors() && !options.isQuiet();
    }

    /** The paint of what goes to standard output. */
    Paint outputPaint() {
        return options.color().paint(console.terminal().output(), console.terminal());
    }
}
