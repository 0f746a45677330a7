package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.Drained;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.platform.Platform;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A broker for all tests of a class, and a topic for each: the base of tests that need a broker. */
abstract class BrokerTopics {
    static KafkaBroker broker;
    static Producer<byte[], byte[]> producer;

    final ConnectorRun run = new ConnectorRun(new KafkaConnector(), Platform.system());
    String topic;

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start();
        producer = producer(Map.of());
    }

    @AfterAll
    static void stop() {
        producer.close();
        broker.close();
    }

    @BeforeEach
    void nameTopic(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void close() {
        run.close();
    }

    static Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of("bootstrap.servers", broker.servers()));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    void send(int partition, Long millis, String key, String value) {
        send(producer, partition, millis, key, value);
    }

    void send(Producer<byte[], byte[]> through, int partition, Long millis, String key, String value) {
        sendAll(through, List.of(new ProducerRecord<>(topic, partition, millis, bytes(key), bytes(value))));
    }

    static void sendAll(Producer<byte[], byte[]> through, List<ProducerRecord<byte[], byte[]>> records) {
        try {
            for (Future<RecordMetadata> sent :
                    records.stream().map(through::send).toList()) {
                sent.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends as many records to as many partitions in turn, each its number or of this size. */
    void sendMany(int count, int partitions, int bytes) {
        sendAll(
                producer,
                IntStream.range(0, count)
                        .mapToObj(i -> new ProducerRecord<>(
                                topic,
                                i % partitions,
                                (byte[]) null,
                                bytes == 0 ? bytes(Integer.toString(i)) : new byte[bytes]))
                        .toList());
    }

    /** A topic of one partition with the values 0 to count - 1, sent one second apart from 1970 on. */
    void numbers(int count) {
        broker.createTopic(topic, 1);
        for (int i = 0; i < count; i++) {
            send(0, 1_000L * i, null, Integer.toString(i));
        }
    }

    static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    String[] options(String... more) {
        List<String> all = new ArrayList<>(
                List.of("topic", topic, "properties.bootstrap.servers", broker.servers(), "format", "json"));
        all.addAll(Arrays.asList(more));
        return all.toArray(new String[0]);
    }

    Source source(boolean untilNow, String... more) {
        return run.source(ConnectorRun.ID_AND_NAME, untilNow, options(more));
    }

    /** All values up to now, partition by partition. */
    List<String> values(String... more) {
        List<String> values = new ArrayList<>();
        try (Source source = source(true, more)) {
            for (Source.Partition partition : source.partitions()) {
                try (SourceReader reader = source.reader(partition)) {
                    values.addAll(Drained.toEnd(reader, run.allocator()).records());
                }
            }
        }
        return values;
    }
}
