package io.leat.runtime.connector.kafka;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.Sink;

/** Writes each row as a record of the transaction that is open: it is read when the epoch is decided. */
final class TransactionalSink implements Sink {
    private final String topic;
    private final Sending sending;
    private final SinkRecords records;
    private long rows;

    TransactionalSink(String topic, Sending sending, SinkRecords records) {
        this.topic = topic;
        this.sending = sending;
        this.records = records;
    }

    @Override
    public void write(Batch batch) {
        rows += records.forEach(batch, sending::send);
        sending.throwFailure();
    }

    @Override
    public void endEpoch(long epoch) {
        // The end of an epoch for operators; the transaction ends when all workers have come to it.
    }

    @Override
    public void finish() {
        // With the last transaction.
    }

    @Override
    public String summary() {
        return RowCount.text(rows) + " in topic " + topic;
    }

    @Override
    public void close() {
        records.close();
    }
}
