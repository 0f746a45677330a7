package io.leat.runtime.connector;

/** Numbers of rows for people. */
public final class RowCount {
    private RowCount() {}

    /** {@code 1 row}, {@code 3 rows}. */
    public static String text(long rows) {
        return rows == 1 ? "1 row" : rows + " rows";
    }
}
