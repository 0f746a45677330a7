package io.leat.runtime.connector.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;

/** What the brokers say of themselves, as far as transactions go. Every question is answered within the connect timeout or fails. */
final class TransactionCluster implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final String LONGEST = "transaction.max.timeout.ms";
    private static final String VERSION = "transaction.version";
    /** From here on a transaction that was ended late cannot end the next one. */
    private static final int SAFE_VERSION = 2;

    private final Duration timeout;
    private final KafkaErrors errors;
    private final Admin admin;

    private TransactionCluster(Duration timeout, KafkaErrors errors, Admin admin) {
        this.timeout = timeout;
        this.errors = errors;
        this.admin = admin;
    }

    static TransactionCluster open(TransactionSettings settings, KafkaErrors errors) {
        try {
            Map<String, Object> properties =
                    settings.properties().forClient(AdminClientConfig.configNames(), Map.of(), Map.of());
            return new TransactionCluster(settings.connectTimeout(), errors, Admin.create(properties));
        } catch (KafkaException e) {
            throw errors.translate("connecting", e);
        }
    }

    Admin admin() {
        return admin;
    }

    KafkaErrors errors() {
        return errors;
    }

    /** Tells clusters apart, whatever addresses lead there. */
    String id() {
        return answer(admin.describeCluster().clusterId(), "asking for the cluster");
    }

    int brokers() {
        return answer(admin.describeCluster().nodes(), "asking for the cluster").size();
    }

    /** Whether a transaction that the brokers end late cannot harm the next one of the same client. */
    boolean separatesTransactions() {
        FinalizedVersionRange version = answer(admin.describeFeatures().featureMetadata(), "asking for its features")
                .finalizedFeatures()
                .get(VERSION);
        return version != null && version.maxVersionLevel() >= SAFE_VERSION;
    }

    /** The longest time that a transaction may be open, in milliseconds; empty where it is not told. */
    OptionalLong longestTransaction() {
        Collection<Node> nodes = answer(admin.describeCluster().nodes(), "asking for the cluster");
        String number = Integer.toString(nodes.iterator().next().id());
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, number);
        try {
            Config settings = answerOrThrow(
                    admin.describeConfigs(List.of(broker)).values().get(broker));
            ConfigEntry longest = settings.get(LONGEST);
            return longest == null || longest.value() == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(longest.value()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return OptionalLong.empty();
            }
            throw errors.translate("asking for settings", e);
        } catch (TimeoutException | InterruptedException e) {
            throw errors.translate("asking for settings", e);
        }
    }

    long offset(TopicPartition partition, OffsetSpec wanted, IsolationLevel isolation) {
        ListOffsetsOptions options = new ListOffsetsOptions(isolation);
        options.timeoutMs((int) timeout.toMillis());
        return answer(
                        admin.listOffsets(Map.of(partition, wanted), options).partitionResult(partition),
                        "asking for its offsets")
                .offset();
    }

    /** Creates a topic unless somebody else has just done so, and waits until it can be used. */
    TopicDescription create(NewTopic topic) {
        return new TopicCreation(admin, timeout, errors).create(topic);
    }

    <T> T answer(KafkaFuture<T> future, String doing) {
        try {
            return answerOrThrow(future);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw errors.translate(doing, e);
        }
    }

    <T> T answerOrThrow(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        admin.close(CLOSE_TIMEOUT);
    }
}
