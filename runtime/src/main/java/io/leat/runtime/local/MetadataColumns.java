package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.connector.MetadataColumn;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.local.ScanPlan.MetadataFill;

/** Fills the columns that the transport knows: facts of each record, or of its whole partition. */
final class MetadataColumns {
    private MetadataColumns() {}

    static void fill(MetadataFill fill, PartitionScan partition, RecordChunk chunk, SourceBatch rows) {
        Batch batch = rows.batch();
        Column column = batch.column(fill.leaf());
        String key = fill.from().key();
        Object constant = partition.reader().constants().get(key);
        for (int row = 0; row < batch.rows(); row++) {
            int origin = rows.origin(row);
            switch (key) {
                case MetadataColumn.VERSION_KEY -> column.putLong(row, fill.reading());
                case "offset" -> column.putLong(row, chunk.offset(origin));
                case "timestamp" -> column.putLong(row, chunk.timestamp(origin));
                case "timestamp-type" -> put(column, row, chunk.timestampType(origin));
                case "leader-epoch" -> put(column, row, known(chunk.leaderEpoch(origin)));
                case "key" -> {
                    if (chunk.keyLength(origin) < 0) {
                        column.putNull(row);
                    } else {
                        column.putBytes(row, chunk.keyAddress(origin), chunk.keyLength(origin));
                    }
                }
                default -> put(column, row, constant);
            }
        }
    }

    private static Integer known(int leaderEpoch) {
        return leaderEpoch < 0 ? null : leaderEpoch;
    }

    private static void put(Column column, int row, Object value) {
        if (value instanceof String text) {
            column.putText(row, text);
        } else if (value instanceof Integer number) {
            column.putInt(row, number);
        } else if (value instanceof Long number) {
            column.putLong(row, number);
        } else {
            column.putNull(row);
        }
    }
}
