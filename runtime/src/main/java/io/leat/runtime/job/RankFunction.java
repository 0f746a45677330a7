package io.leat.runtime.job;

/** How the places of rows in an order are told. */
public enum RankFunction {
    /** 1, 2, 3, 4. */
    ROW_NUMBER,
    /** 1, 2, 2, 4: rows that are equal share the first of their places. */
    RANK,
    /** 1, 2, 2, 3. */
    DENSE_RANK,
    /** {@code (rank - 1) / (rows - 1)}, and 0 for the only row. */
    PERCENT_RANK,
    /** The share of rows that come before this one or equal it. */
    CUME_DIST;

    /** Whether it tells a share rather than a number. */
    public boolean isShare() {
        return this == PERCENT_RANK || this == CUME_DIST;
    }
}
