package io.leat.runtime.operator.over;

/** The rows of a partition in which a column is not NULL, as a list. */
final class PresentRows {
    private int[] rows = new int[64];
    /** How many such rows there are before each row, and before the end. */
    private int[] before = new int[65];

    private int count;

    /** Starts with a partition. */
    void begin(OrderedPartition partition, int leaf) {
        int size = partition.size();
        if (size > rows.length) {
            rows = new int[2 * size];
            before = new int[2 * size + 1];
        }
        count = 0;
        for (int row = 0; row < size; row++) {
            before[row] = count;
            if (!partition.rows().isNull(row, leaf)) {
                rows[count++] = row;
            }
        }
        before[size] = count;
    }

    /** How many rows of the list stand before a row. */
    int before(int row) {
        return before[row];
    }

    /** The row at a place of the list, from 0; -1 if there is none. */
    int at(long index) {
        return index >= 0 && index < count ? rows[(int) index] : -1;
    }
}
