package io.leat.runtime.connector.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics, and waits until they can be used. Every question is answered within the timeout or fails. */
final class TopicCreation {
    private static final long PAUSE_MILLIS = 20;

    private final Admin admin;
    private final Duration timeout;
    private final KafkaErrors errors;

    TopicCreation(Admin admin, Duration timeout, KafkaErrors errors) {
        this.admin = admin;
        this.timeout = timeout;
        this.errors = errors;
    }

    /** Creates a topic unless somebody else has just done so. */
    TopicDescription create(NewTopic topic) {
        try {
            try {
                answer(admin.createTopics(Set.of(topic)).all());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
            return awaitLeaders(topic.name());
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw errors.translate("creating it", e);
        }
    }

    /** Brokers hear of a new topic one after another, and its leaders answer when they are ready for records. */
    private TopicDescription awaitLeaders(String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        for (long left = timeout.toMillis() / PAUSE_MILLIS; ; left--) {
            try {
                TopicDescription described = answer(
                        admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
                Map<TopicPartition, OffsetSpec> ends = described.partitions().stream()
                        .collect(Collectors.toMap(
                                each -> new TopicPartition(topic, each.partition()), each -> OffsetSpec.latest()));
                ListOffsetsOptions options = new ListOffsetsOptions();
                options.timeoutMs((int) timeout.toMillis());
                answer(admin.listOffsets(ends, options).all());
                return described;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException) || left <= 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private <T> T answer(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
