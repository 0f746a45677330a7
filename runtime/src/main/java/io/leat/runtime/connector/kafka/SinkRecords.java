package io.leat.runtime.connector.kafka;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.format.RecordEncoder;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes records of rows. Of changes by key it makes one of the new row, and one without value for a key whose row went; as Debezium writes
 * changes, each is a record of its own.
 */
final class SinkRecords implements AutoCloseable {
    private final String topic;
    private final RecordEncoder values;
    /** Null for records without key. */
    private final RecordEncoder keys;

    /** Whether rows say what happens, and records replace each other by key. */
    private final boolean byKey;
    /** Whether rows say what happens, and records do, too. */
    private final boolean changes;

    private SinkRecords(String topic, RecordColumns columns) {
        this.topic = topic;
        this.values = columns.values();
        this.keys = columns.keys();
        this.byKey = columns.context().marked() && !columns.isDebezium();
        this.changes = columns.isDebezium();
    }

    static SinkRecords of(SinkContext context) {
        return new SinkRecords(TopicOptions.topic(context.options()), RecordColumns.of(context));
    }

    /** Makes the records of a batch; answers how many. */
    long forEach(Batch batch, Consumer<ProducerRecord<byte[], byte[]>> receiver) {
        long records = 0;
        for (int row = 0; row < batch.rows(); row++) {
            String kind = byKey ? batch.column(0).getText(row) : "";
            if (kind.equals("-U")) {
                // The row that takes its place has the same key.
                continue;
            }
            byte[] value = kind.equals("-D") ? null : values.encode(batch, row);
            if (value == null && changes) {
                // It is in the record of the row that takes its place.
                continue;
            }
            byte[] key = keys == null ? null : keys.encode(batch, row);
            receiver.accept(new ProducerRecord<>(topic, key, value));
            records++;
        }
        return records;
    }

    @Override
    public void close() {
        values.close();
        if (keys != null) {
            keys.close();
        }
    }
}
