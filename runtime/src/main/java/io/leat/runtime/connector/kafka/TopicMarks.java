package io.leat.runtime.connector.kafka;

import io.leat.runtime.platform.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decisions in topics: those of a job are in its own, and the topics of others have the same prefix. */
final class TopicMarks implements KafkaTransactions.Marks {
    private final TransactionSettings settings;
    private final KafkaErrors errors;
    private final Clock clock;

    TopicMarks(TransactionSettings settings, KafkaErrors errors, Clock clock) {
        this.settings = settings;
        this.errors = errors;
        this.clock = clock;
    }

    @Override
    public Optional<MarkRecord> last() {
        try (TransactionCluster cluster = TransactionCluster.open(settings, errors);
                MarkReader reader = MarkReader.open(cluster, settings, clock)) {
            return reader.newest(settings.id());
        }
    }

    @Override
    public List<MarkRecord> others() {
        Pattern name = Pattern.compile(Pattern.quote(settings.prefix()) + "-[a-z0-9]{16}");
        List<MarkRecord> others = new ArrayList<>();
        try (TransactionCluster cluster = TransactionCluster.open(settings, errors);
                MarkReader reader = MarkReader.open(cluster, settings, clock)) {
            for (String topic : cluster.answer(cluster.admin().listTopics().names(), "listing topics")) {
                if (name.matcher(topic).matches() && !topic.equals(settings.id())) {
                    reader.newestSeen(topic).ifPresent(others::add);
                }
            }
        }
        return others;
    }
}
