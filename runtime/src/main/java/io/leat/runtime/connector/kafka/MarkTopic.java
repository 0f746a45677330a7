package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topic with the decisions on the epochs of one job. It has one partition, so that the last decision is the last record, and is
 * compacted, so that this one stays. A job has its own: a transaction of another one that is open would hide decisions behind it.
 */
final class MarkTopic {
    /** Old segments are compacted, and the one that is written is not: it should not grow for a week. */
    private static final Map<String, String> SETTINGS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_MS_CONFIG,
            "3600000");

    private final String name;
    private final TransactionCluster cluster;

    MarkTopic(String name, TransactionCluster cluster) {
        this.name = name;
        this.cluster = cluster;
    }

    /**
     * Creates it if there is none, and checks it.
     *
     * @throws ConnectorException if decisions do not stay there
     */
    void open(Consumer<String> notes) {
        TopicDescription description = description().orElseGet(this::create);
        int partitions = description.partitions().size();
        String policy = policy();
        if (partitions != 1 || !policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "topic '" + name + "', which holds the decisions on epochs, has " + partitions
                            + " partitions and the cleanup.policy '" + policy
                            + "': it must have one partition and the cleanup.policy 'compact'");
        }
        if (description.partitions().get(0).replicas().size() == 1 && cluster.brokers() > 1) {
            notes.accept("topic '" + name + "' has one replica: with its broker, it is lost what was decided");
        }
    }

    private Optional<TopicDescription> description() {
        String doing = "asking for its partitions";
        try {
            return Optional.of(cluster.answerOrThrow(cluster.admin()
                    .describeTopics(List.of(name))
                    .topicNameValues()
                    .get(name)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw cluster.errors().translate(doing, e);
        } catch (TimeoutException | InterruptedException e) {
            throw cluster.errors().translate(doing, e);
        }
    }

    private TopicDescription create() {
        return cluster.create(new NewTopic(name, Optional.of(1), Optional.empty()).configs(SETTINGS));
    }

    private String policy() {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Config settings = cluster.answer(
                cluster.admin().describeConfigs(List.of(topic)).values().get(topic), "asking for its settings");
        return settings.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    }
}
