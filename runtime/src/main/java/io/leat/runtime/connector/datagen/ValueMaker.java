package io.leat.runtime.connector.datagen;

import io.leat.runtime.batch.Column;

/** Makes the values of a column that are not NULL. */
interface ValueMaker {

    /**
     * Makes the value of one row.
     *
     * @param number of the row over all partitions
     * @param draws set to the row
     */
    void make(long number, Draws draws, Column column, int row);

    /** About how many bytes a value takes beyond its fixed width. */
    default int bytes() {
        return 0;
    }
}
