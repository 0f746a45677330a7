package io.leat.runtime.epoch;

import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.Path;

/** A state directory cannot be used: it is damaged, taken, or no such directory. The message is for whoever runs the job. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StateException(String message) {
        super(message);
    }

    private StateException(String message, Throwable cause) {
        super(message, cause);
    }

    static StateException of(Path file, String what, IOException cause) {
        return new StateException("'" + file + "' cannot be " + what + ": " + Disk.reason(cause), cause);
    }

    /** Something that must be there, and as it was written, is not. */
    static StateException damaged(Path file, String how) {
        return new StateException("'" + file + "' is damaged: " + how
                + "; put back a copy of the state directory, or start with another");
    }
}
