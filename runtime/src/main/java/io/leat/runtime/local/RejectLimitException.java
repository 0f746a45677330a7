package io.leat.runtime.local;

import io.leat.runtime.connector.format.FormatOptions;

/**
 * Rows of a source were rejected, and the table does not allow it: too many of them, or for a reason that it names. The message is one
 * plain sentence.
 */
public final class RejectLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String help;

    private RejectLimitException(String message, String help) {
        super(message);
        this.help = help;
    }

    /** So many that the query is probably wrong about the source. */
    static RejectLimitException tooMany(String message) {
        return new RejectLimitException(message, "a table takes more of them with the option 'scan.reject-limit'");
    }

    /** A record has a name that no column has. */
    static RejectLimitException unknownField(String message) {
        return new RejectLimitException(
                message,
                "with '" + FormatOptions.UNKNOWN_FIELDS
                        + "' = 'reject' such records are kept apart, with 'ignore' they are"
                        + " rows, and the names are counted");
    }

    /** What can be done about it. */
    public String help() {
        return help;
    }
}
