package io.leat.runtime.local;

/** A snapshot is damaged, or it is not of the job that is to go on from it. */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SnapshotException(String message) {
        super(message);
    }
}
