package io.leat.runtime.kernel;

import java.util.Locale;

/**
 * An expression that has no value for this row, such as an overflow. The row is rejected for the statement, or the job fails
 * where no source row stands behind it; the query goes on or ends, but never with a wrong number.
 *
 * <p>Has no stack trace: generated code knows which expression it was evaluating.
 */
public final class RowError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_QUOTED = 200;

    /** What went wrong; its name is the first word of a row's reject reason. */
    public enum Reason {
        NUMERIC_OVERFLOW,
        DIVISION_BY_ZERO,
        BAD_CAST,
        BAD_TIMESTAMP,
        BAD_ARGUMENT,
        NULL_VALUE,
        TOO_LARGE,
        MORE_THAN_ONE_ROW
    }

    private final Reason reason;

    public RowError(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** NULL where a column takes none. */
    public static RowError nullValue() {
        return new RowError(Reason.NULL_VALUE, "NULL for a column that is NOT NULL");
    }

    public Reason reason() {
        return reason;
    }

    /** User data in quotes for a message: control characters escaped, cut after 200 characters. */
    public static String quote(String data) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < data.length() && i < MAX_QUOTED; i++) {
            char c = data.charAt(i);
            if (Character.isISOControl(c)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append(data.length() > MAX_QUOTED ? "…'" : "'").toString();
    }
}
