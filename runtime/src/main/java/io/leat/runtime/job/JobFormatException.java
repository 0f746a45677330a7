package io.leat.runtime.job;

/** A job jar that this runtime cannot run. The message is one plain sentence that says what to do. */
public final class JobFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JobFormatException(String message) {
        super(message);
    }

    public JobFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
