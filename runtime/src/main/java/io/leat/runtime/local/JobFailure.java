package io.leat.runtime.local;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.GeneratedCode;
import io.leat.runtime.job.LineMap;
import io.leat.runtime.pipeline.DataException;
import io.leat.runtime.platform.OutsideRootsException;

/** A job failed for a reason that should not exist: our bug, or a machine out of memory. Says where in the query, if it can. */
public final class JobFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String position;

    private JobFailure(String message, String position, Throwable cause) {
        super(message, cause);
        this.position = position;
    }

    /** {@code line:column} of the part of the query that was being worked on; empty if unknown. */
    public String position() {
        return position;
    }

    static RuntimeException of(Throwable thrown, CompiledJob job) {
        if (thrown instanceof ConnectorException
                || thrown instanceof DataException
                || thrown instanceof RejectLimitException
                || thrown instanceof SnapshotException
                || thrown instanceof StateLimitException
                || thrown instanceof StateException) {
            return (RuntimeException) thrown;
        }
        if (thrown instanceof OutsideRootsException) {
            return new ConnectorException(ConnectorException.Kind.CONFIGURATION, thrown.getMessage());
        }
        String message = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        return new JobFailure(message, position(thrown, job), thrown);
    }

    private static String position(Throwable thrown, CompiledJob job) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith(GeneratedCode.PACKAGE + ".")) {
                String simpleName = frame.getClassName().substring(GeneratedCode.PACKAGE.length() + 1);
                LineMap lines = job.lines().get(simpleName);
                return lines == null ? "" : lines.position(frame.getLineNumber());
            }
        }
        return "";
    }
}
