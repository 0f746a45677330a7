package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.TransactionContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What the tables of a job say together of its transactions.
 *
 * @param id of the transactions, and the name of the topic with the decisions: the same for each start of the job, and of no other job
 * @param prefix of the id
 * @param connectTimeout how long to wait for an answer
 */
record TransactionSettings(
        String id, String prefix, ClientProperties properties, List<String> topics, Duration connectTimeout) {
    /** Long enough for an epoch that waits for slow brokers; readers wait as long for a job that was killed and never starts again. */
    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(5);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    TransactionSettings {
        topics = List.copyOf(topics);
    }

    /**
     * @throws ConnectorException if tables contradict each other
     */
    static TransactionSettings of(TransactionContext context) {
        TransactionContext.Table first = context.tables().get(0);
        String prefix = TopicOptions.idPrefix(first.options());
        Duration timeout = Duration.ZERO;
        Map<String, ClientProperties> properties = new LinkedHashMap<>();
        for (TransactionContext.Table table : context.tables()) {
            if (!TopicOptions.idPrefix(table.options()).equals(prefix)) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        first.name() + " and " + table.name() + " have different values of '" + TopicOptions.ID_PREFIX
                                + "', and a job has one transaction: write the same in both");
            }
            Duration ofTable = TopicOptions.connectTimeout(table.options());
            timeout = timeout.compareTo(ofTable) > 0 ? timeout : ofTable;
            properties.put(table.name(), ClientProperties.of(table.options()));
        }
        return new TransactionSettings(
                prefix + "-" + context.job(),
                prefix,
                ClientProperties.together(properties),
                context.tables().stream()
                        .map(table -> TopicOptions.topic(table.options()))
                        .distinct()
                        .toList(),
                timeout);
    }

    /**
     * How long the brokers keep a transaction open: as a table says, or well above the length of an epoch.
     *
     * @param longest that the brokers allow, in milliseconds, if they tell
     * @throws ConnectorException if an epoch might take longer
     */
    long timeoutMillis(Duration epoch, OptionalLong longest) {
        Optional<String> given = properties.given(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        if (given.isPresent() && !NUMBER.matcher(given.get()).matches()) {
            throw refused("'properties.transaction.timeout.ms' is no number of milliseconds");
        }
        long needed = 2 * epoch.toMillis();
        long wanted = given.map(Long::parseLong).orElse(Math.max(USUAL_TIMEOUT.toMillis(), 2 * needed));
        long timeout = given.isPresent() ? wanted : Math.min(wanted, longest.orElse(wanted));
        if (longest.isPresent() && timeout > longest.getAsLong()) {
            throw refused("'properties.transaction.timeout.ms' is " + timeout
                    + ", and the brokers allow transactions of " + longest.getAsLong()
                    + " ms at most ('transaction.max.timeout.ms')");
        }
        if (timeout < needed) {
            throw refused("an epoch takes " + epoch.toMillis() + " ms, and the brokers end a transaction after "
                    + timeout
                    + " ms ("
                    + (given.isPresent() ? "'properties.transaction.timeout.ms'" : "'transaction.max.timeout.ms'")
                    + "), which must be twice as long: make epochs shorter, or let transactions be longer");
        }
        return timeout;
    }

    private ConnectorException refused(String message) {
        return new ConnectorException(Kind.CONFIGURATION, "topic '" + topics.get(0) + "': " + message);
    }
}
