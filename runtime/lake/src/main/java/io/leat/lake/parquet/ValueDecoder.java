package io.leat.lake.parquet;

import io.leat.runtime.batch.Column;
import org.apache.parquet.column.values.ValuesReader;

/**
 * Puts values of a page into a column of a batch. There is a loop in each of them, so that what stands in it is of one kind.
 *
 * <p>A value that the column cannot hold becomes NULL, and its row is refused.
 */
interface ValueDecoder {

    /** The values of a page: {@code numbers} for those of fixed width, {@code bytes} for those that are bytes. */
    record PageValues(ValuesReader numbers, ByteValues bytes) {
        void skip(int values) {
            if (bytes != null) {
                bytes.skip(values);
            } else {
                numbers.skip(values);
            }
        }
    }

    /** Whether values are bytes. */
    default boolean takesBytes() {
        return false;
    }

    /** Puts the next so many values into rows that follow each other. */
    void decode(PageValues values, Column into, int row, int count);
}
