package io.leat.runtime.connector.kafka;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.format.RecordEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes each row as a record. Rows are on their way when a write returns, and with the brokers when an epoch ends; a row that
 * does not get there fails the job. A job that is run again after a failure may write rows twice.
 *
 * <p>Of changes by key the new row is written, and a record without value for a key whose row went; as Debezium writes changes, each is a
 * record of its own.
 */
final class KafkaSink implements Sink {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Map<String, Object> DEFAULTS =
            Map.of(ProducerConfig.LINGER_MS_CONFIG, 10, ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    /**
     * One request at a time to each broker: if the first of two was refused by a leader that was not ready yet and the second one
     * taken, the first could never be sent again, since its sequence numbers would be out of order.
     */
    private static final Map<String, Object> FIXED = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1);

    private final String topic;
    private final KafkaErrors errors;
    private final Producer<byte[], byte[]> producer;
    private final RecordEncoder values;
    /** Null for records without key. */
    private final RecordEncoder keys;

    /** Whether rows say what happens, and records replace each other by key. */
    private final boolean byKey;
    /** Whether rows say what happens, and records do, too. */
    private final boolean changes;

    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private long rows;
    private boolean finished;

    private KafkaSink(String topic, KafkaErrors errors, Producer<byte[], byte[]> producer, RecordColumns columns) {
        this.topic = topic;
        this.errors = errors;
        this.producer = producer;
        this.values = columns.values();
        this.keys = columns.keys();
        this.byKey = columns.context().marked() && !columns.isDebezium();
        this.changes = columns.isDebezium();
    }

    static KafkaSink open(SinkContext context) {
        Options options = context.options();
        String topic = TopicOptions.topic(options);
        RecordColumns columns = RecordColumns.of(context);
        try (TopicFacts facts = TopicFacts.open(options)) {
            facts.createIfMissing();
            Map<String, Object> properties =
                    ClientProperties.of(options).forClient(ProducerConfig.configNames(), DEFAULTS, FIXED);
            try {
                Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
                return new KafkaSink(topic, facts.errors(), producer, columns);
            } catch (KafkaException e) {
                throw facts.errors().translate("connecting", e);
            }
        }
    }

    @Override
    public void write(Batch batch) {
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
            send(new ProducerRecord<>(topic, key, value));
            rows++;
        }
        throwFailure();
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            Future<RecordMetadata> unused = producer.send(record, (sent, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                }
            });
        } catch (KafkaException e) {
            throw errors.translate("writing to it", e);
        }
    }

    private void throwFailure() {
        if (failure.get() != null) {
            throw errors.translate("writing to it", failure.get());
        }
    }

    @Override
    public void endEpoch(long epoch) {
        flush();
    }

    @Override
    public void finish() {
        flush();
        finished = true;
    }

    private void flush() {
        try {
            producer.flush();
        } catch (KafkaException e) {
            throw errors.translate("writing to it", e);
        }
        throwFailure();
    }

    @Override
    public String summary() {
        return RowCount.text(rows) + " in topic " + topic;
    }

    @Override
    public void close() {
        values.close();
        if (keys != null) {
            keys.close();
        }
        // Without a finish, what has not left yet stays here.
        producer.close(finished ? CLOSE_TIMEOUT : Duration.ZERO);
    }
}
