package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.Options;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What the brokers say of a topic. Every question is answered within the connect timeout or fails. Safe from any thread.
 *
 * <p>Ends of partitions are those of committed records: what an open transaction has written lies behind them.
 */
final class TopicFacts implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final String topic;
    private final Duration timeout;
    private final KafkaErrors errors;
    private final Admin admin;

    private TopicFacts(String topic, Duration timeout, KafkaErrors errors, Admin admin) {
        this.topic = topic;
        this.timeout = timeout;
        this.errors = errors;
        this.admin = admin;
    }

    static TopicFacts open(Options options) {
        String topic = TopicOptions.topic(options);
        ClientProperties properties = ClientProperties.of(options);
        KafkaErrors errors = new KafkaErrors(topic, properties);
        try {
            Admin admin = Admin.create(properties.forClient(AdminClientConfig.configNames(), Map.of(), Map.of()));
            return new TopicFacts(topic, TopicOptions.connectTimeout(options), errors, admin);
        } catch (KafkaException e) {
            throw errors.translate("connecting", e);
        }
    }

    KafkaErrors errors() {
        return errors;
    }

    /**
     * A topic as it stands.
     *
     * @param id tells it from others of its name, before it or after; empty where brokers are too old to say
     * @param partitions their numbers, upwards
     */
    record Shape(String id, List<Integer> partitions) {
        private static Shape of(TopicDescription description) {
            Uuid id = description.topicId();
            return new Shape(id.equals(Uuid.ZERO_UUID) ? "" : id.toString(), TopicFacts.partitions(description));
        }
    }

    Shape shape() {
        return Shape.of(answer(describe(), "asking for its partitions"));
    }

    /** Asks how the topic stands, without waiting for the answer. */
    KafkaFuture<Shape> askForShape() {
        return describe().thenApply(Shape::of);
    }

    private static List<Integer> partitions(TopicDescription description) {
        return description.partitions().stream()
                .map(TopicPartitionInfo::partition)
                .sorted()
                .toList();
    }

    private KafkaFuture<TopicDescription> describe() {
        return admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
    }

    /** Creates the topic as the brokers' defaults have it, if there is none. */
    void createIfMissing() {
        try {
            answerOrThrow(describe());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw errors.translate("asking for its partitions", e);
            }
            new TopicCreation(admin, timeout, errors).create(new NewTopic(topic, Optional.empty(), Optional.empty()));
        } catch (TimeoutException | InterruptedException e) {
            throw errors.translate("asking for its partitions", e);
        }
    }

    Map<Integer, Long> earliest(Collection<Integer> partitions) {
        return offsets(partitions, OffsetSpec.earliest());
    }

    Map<Integer, Long> latest(Collection<Integer> partitions) {
        return offsets(partitions, OffsetSpec.latest());
    }

    /** The first offsets with this time or a later one; the ends of partitions that have none. */
    Map<Integer, Long> at(Collection<Integer> partitions, long millis) {
        Map<Integer, Long> offsets = new TreeMap<>(offsets(partitions, OffsetSpec.forTimestamp(millis)));
        if (offsets.containsValue(-1L)) {
            Map<Integer, Long> ends = latest(partitions);
            offsets.replaceAll((partition, offset) -> offset < 0 ? ends.get(partition) : offset);
        }
        return offsets;
    }

    private Map<Integer, Long> offsets(Collection<Integer> partitions, OffsetSpec wanted) {
        Map<Integer, Long> offsets = new TreeMap<>();
        answer(ask(partitions, wanted, timeout).all(), "asking for its offsets")
                .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
        return offsets;
    }

    /** Asks where partitions end, without waiting for the answer. */
    ListOffsetsResult askForEnds(Collection<Integer> partitions, Duration patience) {
        return ask(partitions, OffsetSpec.latest(), patience);
    }

    private ListOffsetsResult ask(Collection<Integer> partitions, OffsetSpec wanted, Duration patience) {
        Map<TopicPartition, OffsetSpec> question = partitions.stream()
                .collect(Collectors.toMap(partition -> new TopicPartition(topic, partition), partition -> wanted));
        ListOffsetsOptions options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        options.timeoutMs((int) patience.toMillis());
        return admin.listOffsets(question, options);
    }

    private <T> T answer(KafkaFuture<T> future, String doing) {
        try {
            return answerOrThrow(future);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw errors.translate(doing, e);
        }
    }

    private <T> T answerOrThrow(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        admin.close(CLOSE_TIMEOUT);
    }
}
