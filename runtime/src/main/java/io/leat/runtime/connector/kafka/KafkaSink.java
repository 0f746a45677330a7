package io.leat.runtime.connector.kafka;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * Writes each row as a record. Rows are on their way when a write returns, and with the brokers when an epoch ends; a row that
 * does not get there fails the job. A job that is run again after a failure may write rows twice.
 */
final class KafkaSink implements Sink {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final String topic;
    private final Producer<byte[], byte[]> producer;
    private final Sending sending;
    private final SinkRecords records;
    private long rows;
    private boolean finished;

    private KafkaSink(String topic, Producer<byte[], byte[]> producer, Sending sending, SinkRecords records) {
        this.topic = topic;
        this.producer = producer;
        this.sending = sending;
        this.records = records;
    }

    static KafkaSink open(SinkContext context) {
        Options options = context.options();
        if (TopicOptions.demandsOnce(options)) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    context.table() + ": '" + TopicOptions.DELIVERY_GUARANTEE
                            + "' = 'exactly-once' needs a state directory, which a run has with --state DIR; without one,"
                            + " leave the option out");
        }
        String topic = TopicOptions.topic(options);
        SinkRecords records = SinkRecords.of(context);
        try (TopicFacts facts = TopicFacts.open(options)) {
            facts.createIfMissing();
            try {
                Producer<byte[], byte[]> producer = Producers.open(ClientProperties.of(options), Map.of(), Map.of());
                return new KafkaSink(topic, producer, new Sending(producer, facts.errors()), records);
            } catch (KafkaException e) {
                throw facts.errors().translate("connecting", e);
            }
        } catch (RuntimeException e) {
            records.close();
            throw e;
        }
    }

    @Override
    public void write(Batch batch) {
        rows += records.forEach(batch, sending::send);
        sending.throwFailure();
    }

    @Override
    public void endEpoch(long epoch) {
        sending.flush();
    }

    @Override
    public void finish() {
        sending.flush();
        finished = true;
    }

    @Override
    public String summary() {
        return RowCount.text(rows) + " in topic " + topic;
    }

    @Override
    public void close() {
        records.close();
        // Without a finish, what has not left yet stays here.
        producer.close(finished ? CLOSE_TIMEOUT : Duration.ZERO);
    }
}
