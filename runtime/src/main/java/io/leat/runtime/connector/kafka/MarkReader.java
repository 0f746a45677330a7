package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.platform.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the last decision that a {@link MarkTopic} holds. */
final class MarkReader implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(100);
    /** How many offsets before the end are looked at first; each further look reaches so many times as far. */
    private static final long REACH = 64;

    private static final int FURTHER = 8;
    private final TransactionCluster cluster;
    private final TransactionSettings settings;
    private final Clock clock;
    private final Consumer<byte[], byte[]> consumer;

    private MarkReader(
            TransactionCluster cluster, TransactionSettings settings, Clock clock, Consumer<byte[], byte[]> consumer) {
        this.cluster = cluster;
        this.settings = settings;
        this.clock = clock;
        this.consumer = consumer;
    }

    static MarkReader open(TransactionCluster cluster, TransactionSettings settings, Clock clock) {
        try {
            Map<String, Object> properties =
                    settings.properties().forClient(ConsumerConfig.configNames(), Map.of(), ClientProperties.READING);
            return new MarkReader(
                    cluster,
                    settings,
                    clock,
                    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        } catch (KafkaException e) {
            throw cluster.errors().translate("connecting", e);
        }
    }

    /**
     * The last decision before the end of the topic, which is asked for first and waited for: what stands before it is decided by then, since
     * who wrote it is fenced off.
     *
     * @throws ConnectorException if a transaction that is still open hides it
     */
    Optional<MarkRecord> newest(String topic) {
        return newest(topic, IsolationLevel.READ_UNCOMMITTED)
                .map(record -> MarkRecord.of(record.value())
                        .orElseThrow(() -> new ConnectorException(
                                Kind.IO,
                                "topic '" + topic + "' should hold decisions on epochs, and at offset "
                                        + record.offset()
                                        + " it holds something else, or one of another version of this program")));
    }

    /** The last decision that is seen now; empty if the topic holds something else. */
    Optional<MarkRecord> newestSeen(String topic) {
        return newest(topic, IsolationLevel.READ_COMMITTED).flatMap(record -> MarkRecord.of(record.value()));
    }

    private Optional<ConsumerRecord<byte[], byte[]>> newest(String topic, IsolationLevel upTo) {
        TopicPartition partition = new TopicPartition(topic, 0);
        long end = cluster.offset(partition, OffsetSpec.latest(), upTo);
        long begin = cluster.offset(partition, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        for (long reach = REACH; ; reach *= FURTHER) {
            long from = Math.max(begin, end - reach);
            Optional<ConsumerRecord<byte[], byte[]>> last = last(partition, from, end);
            if (last.isPresent() || from == begin) {
                return last;
            }
        }
    }

    private Optional<ConsumerRecord<byte[], byte[]>> last(TopicPartition partition, long from, long end) {
        Optional<ConsumerRecord<byte[], byte[]>> last = Optional.empty();
        long start = clock.nanos();
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            for (long position = from; position < end; position = consumer.position(partition)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    last = record.offset() < end ? Optional.of(record) : last;
                }
                if (clock.nanos() - start > settings.connectTimeout().toNanos()
                        && consumer.position(partition) == position) {
                    throw hangs(partition, position, end);
                }
            }
            return last;
        } catch (KafkaException e) {
            throw cluster.errors().translate("reading it", e);
        }
    }

    private ConnectorException hangs(TopicPartition partition, long position, long end) {
        return new ConnectorException(
                Kind.IO,
                "topic '" + partition.topic() + "' cannot be read beyond offset " + position + " of " + end
                        + ", so that it is not known what was decided last: a transaction hangs there, or its broker does not"
                        + " answer. End it with kafka-transactions.sh --bootstrap-server "
                        + settings.properties().servers() + " abort --topic " + partition.topic()
                        + " --partition 0 --start-offset " + position);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
}
