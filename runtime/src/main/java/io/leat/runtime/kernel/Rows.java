package io.leat.runtime.kernel;

import io.leat.runtime.kernel.RowError.Reason;

/** Numbers of rows, for expressions that take a row for a value. */
public final class Rows {
    private Rows() {}

    /** TRUE for one row or none; more are an error. */
    public static boolean atMostOne(long rows) {
        if (rows > 1) {
            throw new RowError(Reason.MORE_THAN_ONE_ROW, "more than one row: the query has " + rows);
        }
        return true;
    }
}
