package io.leat.cli;

import io.leat.runtime.connector.ConnectorException;

/** How the command ended, for scripts. The numbers are those of {@code sysexits.h} where one fits, and never change. */
enum ExitCode {
    OK(0),
    /** The job failed over its data. */
    JOB_FAILED(1),
    /** The command was called in a way that makes no sense. */
    USAGE(2),
    /** What a state directory holds cannot be gone on from: another query's, damaged, or in use. */
    STATE(3),
    /** The query does not compile, or a file is no job jar that runs here. */
    NOT_COMPILED(65),
    INPUT_MISSING(66),
    UNREACHABLE(69),
    /** Our mistake. */
    BUG(70),
    INPUT_OUTPUT(74),
    CONFIGURATION(78),
    /** Ended by Ctrl-C. */
    INTERRUPTED(130),
    TERMINATED(143);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ExitCode of(ConnectorException.Kind kind) {
        return switch (kind) {
            case INPUT_MISSING -> INPUT_MISSING;
            case UNREACHABLE -> UNREACHABLE;
            case IO -> INPUT_OUTPUT;
            case CONFIGURATION -> CONFIGURATION;
        };
    }
}
