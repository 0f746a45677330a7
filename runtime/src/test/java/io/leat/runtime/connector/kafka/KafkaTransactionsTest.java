package io.leat.runtime.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.EpochMark;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.TestClock;
import io.leat.runtime.connector.TransactionContext;
import io.leat.runtime.connector.TransactionContext.Table;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Threads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is done with answers of brokers that do not come, or are bad: no broker is needed for it. */
class KafkaTransactionsTest {
    private static final EpochMark MARK = new EpochMark(7, 3, "hash", "parent");
    private static final long TIMEOUT_MILLIS = 60_000;

    private final TestClock clock = new TestClock();
    private final ConnectorRun run = new ConnectorRun(new KafkaConnector(), platform());
    private final Client client = new Client();
    private final List<MarkRecord> others = new ArrayList<>();

    private Platform platform() {
        return new Platform(clock, Disk.system(), Threads.system());
    }

    @AfterEach
    void close() {
        run.close();
    }

    /** A client whose commits end as they are told to, and then well. */
    private static final class Client extends MockProducer<byte[], byte[]> {
        final List<RuntimeException> commits = new ArrayList<>();
        Duration closed;
        int asked;

        Client() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void commitTransaction() {
            asked++;
            if (!commits.isEmpty()) {
                throw commits.remove(0);
            }
            super.commitTransaction();
        }

        @Override
        public void close(Duration timeout) {
            closed = timeout;
            super.close(timeout);
        }
    }

    private Table table(String name, String... more) {
        List<String> all =
                new ArrayList<>(List.of("topic", "t-" + name, "properties.bootstrap.servers", "h:1", "format", "json"));
        all.addAll(List.of(more));
        return new Table(name, run.writing(all.toArray(new String[0])));
    }

    private TransactionContext context(Table... tables) {
        return new TransactionContext(
                "job1", "turnover", Duration.ofSeconds(1), List.of(tables), platform(), note -> {});
    }

    private KafkaTransactions open() {
        TransactionContext context = context(table("a"), table("b"));
        return new KafkaTransactions(
                context,
                TransactionSettings.of(context),
                "there",
                client,
                TIMEOUT_MILLIS,
                new KafkaTransactions.Marks() {
                    @Override
                    public Optional<MarkRecord> last() {
                        return Optional.empty();
                    }

                    @Override
                    public List<MarkRecord> others() {
                        return others;
                    }
                });
    }

    private KafkaTransactions begun() {
        KafkaTransactions transactions = open();
        transactions.fence();
        transactions.begin();
        return transactions;
    }

    private String refused(Table... tables) {
        return assertThrows(ConnectorException.class, () -> TransactionSettings.of(context(tables)))
                .getMessage();
    }

    @Test
    void theDecisionIsInTheTransaction() {
        try (KafkaTransactions transactions = begun()) {
            assertTrue(transactions.decide(MARK));
        }
        ProducerRecord<byte[], byte[]> record = client.history().get(0);
        assertEquals("leat-job1", record.topic());
        assertEquals("job1", new String(record.key(), StandardCharsets.UTF_8));
        assertEquals(
                Optional.of(new MarkRecord(MARK, "turnover", List.of("t-a", "t-b"))), MarkRecord.of(record.value()));
        assertEquals(1, client.commitCount());
        assertFalse(client.closed.isZero());
    }

    @Test
    void whatIsNotDecidedIsEndedWithoutItsRows() {
        begun().close();
        assertFalse(client.closed.isZero(), "a close that waits ends the transaction");
    }

    @Test
    void aTransactionOfNoRowsIsEndedBeforeTheClientIs() {
        begun().close();
        assertTrue(client.transactionAborted());
    }

    @Test
    void whoHasNoRowsAndIsFencedOffComesToItsEnd() {
        KafkaTransactions transactions = begun();
        client.fenceProducer();
        transactions.close();
        assertFalse(client.closed.isZero());
    }

    @Test
    void aCommitWithoutAnswerIsTriedAgain() {
        client.commits.addAll(List.of(new TimeoutException("late"), new TimeoutException("late")));
        try (KafkaTransactions transactions = begun()) {
            assertTrue(transactions.decide(MARK));
        }
        assertEquals(3, client.asked);
        assertEquals(1, client.history().size());
    }

    @Test
    void afterACommitWithoutAnswerNothingElseIsDone() {
        for (int i = 0; i < 5; i++) {
            client.commits.add(new TimeoutException("late"));
        }
        try (KafkaTransactions transactions = begun()) {
            ConnectorException unknown = assertThrows(ConnectorException.class, () -> transactions.decide(MARK));
            assertEquals(Kind.UNREACHABLE, unknown.kind());
            assertTrue(unknown.getMessage().startsWith("it is not known whether epoch 7 was decided"));
        }
        assertEquals(3, client.asked);
        assertFalse(client.transactionAborted());
        assertEquals(Duration.ZERO, client.closed, "a close that waits might end the transaction");
    }

    @Test
    void anyOtherFailureOfACommitIsUnknownToo() {
        client.commits.add(new KafkaException("broken"));
        try (KafkaTransactions transactions = begun()) {
            ConnectorException unknown = assertThrows(ConnectorException.class, () -> transactions.decide(MARK));
            assertTrue(unknown.getMessage().contains("broken"), unknown.getMessage());
        }
        assertEquals(1, client.asked);
        assertEquals(Duration.ZERO, client.closed);
    }

    @Test
    void whoIsFencedOffHasLost() {
        client.commits.add(new KafkaException("wrapped", new ProducerFencedException("newer")));
        try (KafkaTransactions transactions = begun()) {
            assertFalse(transactions.decide(MARK));
        }
        assertEquals(Duration.ZERO, client.closed);
    }

    @Test
    void aTransactionThatWasOpenTooLongSaysSo() {
        client.commits.add(new InvalidProducerEpochException("older"));
        try (KafkaTransactions transactions = begun()) {
            clock.advanceMillis(TIMEOUT_MILLIS);
            ConnectorException ended = assertThrows(ConnectorException.class, () -> transactions.decide(MARK));
            assertTrue(
                    ended.getMessage()
                            .startsWith("the brokers ended the transaction of epoch 7, which was open for 60000"),
                    ended.getMessage());
        }
    }

    @Test
    void aRowThatDoesNotArriveFailsTheEpoch() {
        client.flushException = new KafkaException("full");
        try (KafkaTransactions transactions = begun()) {
            ConnectorException failed = assertThrows(ConnectorException.class, transactions::flush);
            assertEquals("topic 'leat-job1': failed while writing to it: full", failed.getMessage());
        }
    }

    @Test
    void aJobWhoseStateWasLostIsRefused() {
        others.add(new MarkRecord(MARK, "another job", List.of("t-a")));
        others.add(new MarkRecord(MARK, "turnover", List.of("t-c")));
        open().refuseOthers();
        others.add(new MarkRecord(MARK, "turnover", List.of("t-c", "t-b")));
        ConnectorException lost = assertThrows(ConnectorException.class, open()::refuseOthers);
        assertTrue(
                lost.getMessage()
                        .startsWith(
                                "topic 't-b' holds rows of another run of 'turnover' that kept its state, up to epoch 7"),
                lost.getMessage());
    }

    @Test
    void marksAreReadAsWritten() {
        MarkRecord first = new MarkRecord(new EpochMark(1, 2, "h", ""), "a b\nä", List.of("z", "y"));
        assertEquals(Optional.of(first), MarkRecord.of(first.toBytes()));
        assertEquals(Optional.empty(), MarkRecord.of(null));
        assertEquals(Optional.empty(), MarkRecord.of("{\"epoch\":1}".getBytes(StandardCharsets.UTF_8)));
        String next = new String(first.toBytes(), StandardCharsets.UTF_8).replace("leat-epoch 1", "leat-epoch 2");
        assertEquals(Optional.empty(), MarkRecord.of(next.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void tablesOfAJobAgreeOnTheirTransaction() {
        assertEquals(
                "a and b are at h:1 and at i:2, and one transaction cannot be in two clusters: a job that keeps its state"
                        + " writes to all its topics in one transaction. Write the same in both, or let one be"
                        + " 'sink.delivery-guarantee' = 'at-least-once'",
                assertThrows(
                                ConnectorException.class,
                                () -> TransactionSettings.of(context(
                                        table("a"),
                                        new Table(
                                                "b",
                                                run.writing(
                                                        "topic", "b", "bootstrap.servers", "i:2", "format", "json")))))
                        .getMessage());
        assertTrue(refused(table("a", "properties.linger.ms", "5"), table("b", "properties.linger.ms", "6"))
                .startsWith("a and b have different values of 'properties.linger.ms' and are written by one client"));
        assertTrue(refused(table("a"), table("b", "sink.transactional-id-prefix", "x"))
                .startsWith("a and b have different values of 'sink.transactional-id-prefix'"));
        TransactionSettings settings = TransactionSettings.of(context(
                table("a", "properties.group.id", "g", "connect.timeout", "5 s"),
                table("b", "properties.linger.ms", "6")));
        assertEquals(Optional.of("6"), settings.properties().given("linger.ms"));
        assertEquals(Duration.ofSeconds(10), settings.connectTimeout());
        assertEquals("leat-job1", settings.id());
    }

    @Test
    void aTransactionIsLongerThanAnEpoch() {
        TransactionSettings usual = TransactionSettings.of(context(table("a")));
        Duration minute = Duration.ofMinutes(1);
        assertEquals(300_000, usual.timeoutMillis(Duration.ofSeconds(1), OptionalLong.empty()));
        assertEquals(240_000, usual.timeoutMillis(minute, OptionalLong.of(240_000)));
        assertEquals(2_400_000, usual.timeoutMillis(Duration.ofMinutes(10), OptionalLong.empty()));
        assertTrue(tooLong(usual, minute, 119_999)
                .contains("('transaction.max.timeout.ms'), which must be twice as long"));
        TransactionSettings given =
                TransactionSettings.of(context(table("a", "properties.transaction.timeout.ms", "30000")));
        assertEquals(30_000, given.timeoutMillis(Duration.ofSeconds(15), OptionalLong.of(900_000)));
        assertTrue(tooLong(given, minute, 900_000).contains("after 30000 ms ('properties.transaction.timeout.ms')"));
        assertTrue(tooLong(given, Duration.ofSeconds(1), 20_000).contains("allow transactions of 20000 ms at most"));
    }

    @Test
    void aTimeIsANumber() {
        TransactionSettings settings =
                TransactionSettings.of(context(table("a", "properties.transaction.timeout.ms", "1 min")));
        assertEquals(
                "topic 't-a': 'properties.transaction.timeout.ms' is no number of milliseconds",
                tooLong(settings, Duration.ofSeconds(1), 900_000));
    }

    private static String tooLong(TransactionSettings settings, Duration epoch, long longest) {
        return assertThrows(ConnectorException.class, () -> settings.timeoutMillis(epoch, OptionalLong.of(longest)))
                .getMessage();
    }

    @Test
    void aPrefixIsTheBeginningOfATopic() {
        assertEquals(
                "'a b' cannot begin the name of a topic",
                assertThrows(
                                OptionException.class,
                                () -> run.sinkTraits(
                                        "topic",
                                        "t",
                                        "bootstrap.servers",
                                        "h:1",
                                        "format",
                                        "json",
                                        "sink.transactional-id-prefix",
                                        "a b"))
                        .getMessage());
    }

    @Test
    void withoutStateRowsCannotBeAskedToComeOnce() {
        ConnectorException refused = assertThrows(
                ConnectorException.class,
                () -> run.sink(
                        false,
                        "topic",
                        "t",
                        "bootstrap.servers",
                        "h:1",
                        "format",
                        "json",
                        "sink.delivery-guarantee",
                        "exactly-once"));
        assertEquals(Kind.CONFIGURATION, refused.kind());
        assertTrue(refused.getMessage().contains("needs a state directory"), refused.getMessage());
    }
}
