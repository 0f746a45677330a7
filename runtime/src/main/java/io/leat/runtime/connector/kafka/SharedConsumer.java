package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.Options;
import io.leat.runtime.platform.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer that the readers of one thread share. It deals what it fetches to them; a reader that has enough is left out until
 * it has worked that off, so that memory stays bounded. Closes itself with its last reader.
 */
final class SharedConsumer implements AutoCloseable {
    /** What waits for readers, all together … */
    private static final long WAITING_BYTES = 64L << 20;
    /** … and the least and the most of it that waits for one. */
    private static final long LEAST_BYTES = 512L << 10;

    private static final long MOST_BYTES = 8L << 20;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    /** After a fetch without result others would have none either. */
    private static final long QUIET_NANOS = 1_000_000;
    /** How long a reader without records waits for those on their way … */
    private static final Duration PATIENCE = Duration.ofMillis(1);
    /** … which is to be expected for so long after the last ones. */
    private static final long FLOWING_NANOS = 50_000_000;

    /** A receive buffer of -1 is one that grows with the flow: answers of megabytes come through one of 64 kB in many small reads. */
    private static final Map<String, Object> DEFAULTS =
            Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000, ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);

    private final String topic;
    private final boolean goesOnBehindExpired;
    private final Consumer<byte[], byte[]> consumer;
    private final TopicFacts facts;
    private final Clock clock;
    private final Map<TopicPartition, KafkaReader> readers = new LinkedHashMap<>();
    private long quietUntilNanos;
    private long lastRecordsNanos;
    private boolean someLeft;
    private boolean closed;

    private SharedConsumer(
            String topic,
            boolean goesOnBehindExpired,
            Consumer<byte[], byte[]> consumer,
            TopicFacts facts,
            Clock clock) {
        this.goesOnBehindExpired = goesOnBehindExpired;
        this.topic = topic;
        this.consumer = consumer;
        this.facts = facts;
        this.clock = clock;
        this.quietUntilNanos = clock.nanos();
        this.lastRecordsNanos = quietUntilNanos;
    }

    static SharedConsumer open(Options options, TopicFacts facts, Clock clock) {
        Map<String, Object> properties = ClientProperties.of(options)
                .forClient(ConsumerConfig.configNames(), DEFAULTS, ClientProperties.READING);
        try {
            Consumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            return new SharedConsumer(
                    TopicOptions.topic(options), TopicOptions.goesOnBehindExpired(options), consumer, facts, clock);
        } catch (KafkaException e) {
            throw facts.errors().translate("connecting", e);
        }
    }

    void add(KafkaReader reader) {
        readers.put(reader.partition(), reader);
        assign();
        if (reader.start() == KafkaReader.FIRST) {
            consumer.seekToBeginning(List.of(reader.partition()));
        } else {
            consumer.seek(reader.partition(), reader.start());
        }
    }

    /** Reads the partitions of the readers; those that were there keep their positions. */
    private void assign() {
        consumer.assign(readers.keySet());
        someLeft = false;
    }

    /** How much may wait for one reader until its partition is left out of fetches. */
    long enoughBytes() {
        return Math.max(LEAST_BYTES, Math.min(MOST_BYTES, WAITING_BYTES / readers.size()));
    }

    /**
     * Fetches what has arrived for any reader.
     *
     * @param needed whether the reader that asks has nothing else to do: as long as records flow, waiting a moment for the next ones costs
     *     less than coming back for them
     */
    void fetch(boolean needed) {
        long now = clock.nanos();
        if (now - quietUntilNanos < 0) {
            return;
        }
        boolean wait = needed && now - lastRecordsNanos < FLOWING_NANOS;
        if (someLeft) {
            assign();
        }
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(wait ? PATIENCE : Duration.ZERO);
            for (TopicPartition partition : records.partitions()) {
                KafkaReader reader = readers.get(partition);
                reader.take(records.records(partition));
                if (reader.hasEnough()) {
                    pause(partition);
                }
            }
            if (!records.isEmpty()) {
                lastRecordsNanos = now;
            } else if (!wait) {
                quietUntilNanos = now + QUIET_NANOS;
            }
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().forEach(this::goOnBehindExpired);
        } catch (KafkaException e) {
            throw facts.errors().translate("reading it", e);
        }
    }

    /** Records from this offset on are not there: goes on behind them, if that is wanted and they are deleted rather than cut off. */
    private void goOnBehindExpired(TopicPartition partition, long offset) {
        int number = partition.partition();
        long first = facts.earliest(List.of(number)).get(number);
        if (!goesOnBehindExpired || offset >= first) {
            long end = facts.latest(List.of(number)).get(number);
            throw KafkaSource.lost(topic, number, offset, first, end);
        }
        consumer.seek(partition, first);
        readers.get(partition).expired(offset, first);
    }

    /** Where the next fetch for this partition begins: behind aborted records and marks of transactions, too. */
    long position(TopicPartition partition, long otherwise) {
        try {
            return consumer.position(partition, Duration.ZERO);
        } catch (TimeoutException e) {
            return otherwise; // the leader has just changed
        }
    }

    void pause(TopicPartition partition) {
        consumer.pause(List.of(partition));
    }

    void resume(TopicPartition partition) {
        consumer.resume(List.of(partition));
    }

    /** A reader is closed, perhaps by another thread when this one has ended. */
    void remove(TopicPartition partition) {
        readers.remove(partition);
        someLeft = true;
        if (readers.isEmpty()) {
            close();
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }
}
