package io.leat.compiler.oracle;

import java.util.List;

/**
 * A record of a table with what is known of it before any statement.
 *
 * @param watermark that of its partition before it, in microseconds; {@code Long.MIN_VALUE} if no row can be late
 * @param values of the columns that the source carries, then a computed event time; NULLs for a record that is no row
 * @param rejected whether it is no row of the table
 */
record SourceRecord(String table, int partition, int offset, long watermark, List<Object> values, boolean rejected) {
    /** Records are the same if they stand at the same place. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SourceRecord record
                && record.table.equals(table)
                && record.partition == partition
                && record.offset == offset;
    }

    @Override
    public int hashCode() {
        return table.hashCode() + 31 * partition + offset;
    }
}
