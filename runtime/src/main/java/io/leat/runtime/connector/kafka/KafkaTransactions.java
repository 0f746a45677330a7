package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.EpochMark;
import io.leat.runtime.connector.EpochTransactions;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.TransactionContext;
import io.leat.runtime.platform.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Writes all topics of a job, and the decision on each epoch, in one transaction. One client for all sinks; it takes records from any
 * thread.
 */
final class KafkaTransactions implements EpochTransactions {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    /** How often a commit is tried whose answer did not come: each time the library itself waits for {@code max.block.ms}. */
    private static final int COMMITS = 3;

    private final TransactionContext context;
    private final TransactionSettings settings;
    private final String name;
    private final KafkaErrors errors;
    private final Producer<byte[], byte[]> producer;
    private final long timeoutMillis;
    private final Marks marks;
    private final List<Sending> sinks = new ArrayList<>();
    private long beganNanos;
    private boolean begun;
    private boolean deciding;

    /** Where decisions are read. */
    interface Marks {
        Optional<MarkRecord> last();

        /** Those of other jobs. */
        List<MarkRecord> others();
    }

    KafkaTransactions(
            TransactionContext context,
            TransactionSettings settings,
            String name,
            Producer<byte[], byte[]> producer,
            long timeoutMillis,
            Marks marks) {
        this.context = context;
        this.settings = settings;
        this.name = name;
        this.errors = new KafkaErrors(settings.id(), settings.properties());
        this.producer = producer;
        this.timeoutMillis = timeoutMillis;
        this.marks = marks;
    }

    static KafkaTransactions open(TransactionContext context) {
        TransactionSettings settings = TransactionSettings.of(context);
        KafkaErrors errors = new KafkaErrors(settings.id(), settings.properties());
        try (TransactionCluster cluster = TransactionCluster.open(settings, errors)) {
            if (!cluster.separatesTransactions()) {
                context.notes()
                        .accept("the brokers of " + settings.properties().servers()
                                + " have a transaction.version below 2: a transaction that they end late can take rows of the"
                                + " next one with it (KAFKA-17754), against which nothing here helps");
            }
            new MarkTopic(settings.id(), cluster).open(context.notes());
            long timeoutMillis = settings.timeoutMillis(context.epoch(), cluster.longestTransaction());
            Map<String, Object> fixed = Map.of(
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                    settings.id(),
                    ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                    (int) timeoutMillis);
            Producer<byte[], byte[]> producer = Producers.open(settings.properties(), Map.of(), fixed);
            return new KafkaTransactions(
                    context,
                    settings,
                    "topic " + settings.id() + " of cluster " + cluster.id(),
                    producer,
                    timeoutMillis,
                    new TopicMarks(settings, errors, context.platform().clock()));
        } catch (KafkaException e) {
            throw errors.translate("connecting", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void fence() {
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            throw errors.translate("taking over its transactions", e);
        }
    }

    @Override
    public Optional<EpochMark> resolve() {
        return marks.last().map(MarkRecord::mark);
    }

    @Override
    public void refuseOthers() {
        for (MarkRecord other : marks.others()) {
            Set<String> shared = new HashSet<>(other.topics());
            shared.retainAll(settings.topics());
            if (other.name().equals(context.name()) && !shared.isEmpty()) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "topic '" + shared.iterator().next() + "' holds rows of another run of '" + context.name()
                                + "' that kept its state, up to epoch "
                                + other.mark().epoch()
                                + ", and this one begins without state: go on with the state directory of that run, or, if all"
                                + " rows are to be written again, set another '" + TopicOptions.ID_PREFIX + "'");
            }
        }
    }

    @Override
    public void begin() {
        try {
            producer.beginTransaction();
        } catch (KafkaException e) {
            throw errors.translate("beginning a transaction", e);
        }
        begun = true;
        sinks.forEach(Sending::begin);
        beganNanos = clock().nanos();
    }

    @Override
    public Sink open(SinkContext sink) {
        String topic = TopicOptions.topic(sink.options());
        SinkRecords records = SinkRecords.of(sink);
        try (TopicFacts facts = TopicFacts.open(sink.options())) {
            facts.createIfMissing();
            Sending sending = new Sending(producer, facts.errors());
            sinks.add(sending);
            return new TransactionalSink(topic, sending, records);
        } catch (RuntimeException e) {
            records.close();
            throw e;
        }
    }

    @Override
    public void flush() {
        try {
            producer.flush();
        } catch (KafkaException e) {
            throw errors.translate("writing to it", e);
        }
        sinks.forEach(Sending::throwFailure);
    }

    @Override
    public boolean decide(EpochMark mark) {
        MarkRecord record = new MarkRecord(mark, context.name(), settings.topics());
        byte[] key = context.job().getBytes(StandardCharsets.UTF_8);
        Sending sending = new Sending(producer, errors);
        begun = false;
        deciding = true;
        sending.send(new ProducerRecord<>(settings.id(), key, record.toBytes()));
        for (int commit = 1; ; commit++) {
            try {
                producer.commitTransaction();
                deciding = false;
                return true;
            } catch (TimeoutException e) {
                if (commit == COMMITS) {
                    throw unknown(mark, "no broker answered in time", e);
                }
            } catch (KafkaException e) {
                return fenced(mark, e);
            }
        }
    }

    /** False if another start has taken over; whatever else it was is thrown. */
    private boolean fenced(EpochMark mark, KafkaException thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !KafkaErrors.isFenced(cause)) {
            cause = cause.getCause();
        }
        if (!KafkaErrors.isFenced(cause)) {
            throw unknown(mark, errors.translate("committing", thrown).getMessage(), thrown);
        }
        long open = (clock().nanos() - beganNanos) / 1_000_000;
        if (open >= timeoutMillis) {
            throw new ConnectorException(
                    Kind.IO,
                    "the brokers ended the transaction of epoch " + mark.epoch() + ", which was open for " + open
                            + " ms, or another start of the job did: 'properties.transaction.timeout.ms' is "
                            + timeoutMillis
                            + ". The next start does the epoch anew; make epochs shorter, or let transactions be longer",
                    thrown);
        }
        return false;
    }

    private static ConnectorException unknown(EpochMark mark, String why, KafkaException thrown) {
        return new ConnectorException(
                Kind.UNREACHABLE,
                "it is not known whether epoch " + mark.epoch() + " was decided: " + why
                        + ". Start it again: the next start finds out, and goes on from there",
                thrown);
    }

    private Clock clock() {
        return context.platform().clock();
    }

    /** What is open is ended without its rows; but if nobody knows how a decision went, nothing is done. */
    @Override
    public void close() {
        if (begun && sinks.stream().noneMatch(Sending::hasSent)) {
            abortEmpty();
        }
        producer.close(deciding ? Duration.ZERO : CLOSE_TIMEOUT);
    }

    /** No broker is asked for it. The library would do so by itself, and wait in vain: at the end of a run, as long as it may. */
    private void abortEmpty() {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            // Another start has taken over, and has ended it.
        }
    }
}
