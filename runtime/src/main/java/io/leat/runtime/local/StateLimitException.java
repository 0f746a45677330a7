package io.leat.runtime.local;

/** What a job keeps has outgrown the memory that it may take. The message is one plain sentence. */
public final class StateLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StateLimitException(String message) {
        super(message);
    }
}
