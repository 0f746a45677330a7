package io.leat.runtime.pipeline;

import io.leat.runtime.kernel.RowError;

/** The data made a query fail where no single source row could be rejected for it, e.g. a sum that overflows. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String position;
    private final RowError.Reason reason;

    /**
     * @param position {@code line:column} of the expression in the query
     */
    public DataException(String position, RowError error) {
        super(error.getMessage(), error);
        this.position = position;
        this.reason = error.reason();
    }

    public String position() {
        return position;
    }

    public RowError.Reason reason() {
        return reason;
    }
}
