package io.leat.runtime.local;

/** So many rows of a source were rejected that the query is probably wrong about it. The message is one plain sentence. */
public final class RejectLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RejectLimitException(String message) {
        super(message);
    }
}
