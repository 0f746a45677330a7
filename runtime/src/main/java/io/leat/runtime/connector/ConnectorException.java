package io.leat.runtime.connector;

/** Something outside does not work: a missing file, a broker that does not answer. The message is one plain sentence. */
public final class ConnectorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What to do about it; each kind has an exit code of its own. */
    public enum Kind {
        /** A file or topic that is to be read does not exist. */
        INPUT_MISSING,
        /** The other side does not answer. */
        UNREACHABLE,
        /** Reading or writing failed. */
        IO,
        /** The surroundings are not as the query needs them. */
        CONFIGURATION
    }

    private final Kind kind;

    public ConnectorException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ConnectorException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
