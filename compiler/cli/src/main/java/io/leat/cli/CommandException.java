package io.leat.cli;

/** The command cannot do what it was asked to. The message is one plain sentence. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String help;

    /**
     * @param help what to do instead; empty if the message says it all
     */
    CommandException(ExitCode exitCode, String message, String help) {
        super(message);
        this.exitCode = exitCode;
        this.help = help;
    }

    ExitCode exitCode() {
        return exitCode;
    }

    String help() {
        return help;
    }
}
