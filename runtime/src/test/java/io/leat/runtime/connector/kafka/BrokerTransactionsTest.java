package io.leat.runtime.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.EpochMark;
import io.leat.runtime.connector.EpochTransactions;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.TransactionContext;
import io.leat.runtime.connector.TransactionContext.Table;
import io.leat.runtime.platform.Platform;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Transactions with decisions in them, at a real broker. */
@Tag("broker")
class BrokerTransactionsTest extends BrokerTopics {
    private final List<String> notes = new ArrayList<>();
    private String job;

    /** An id as jobs have it. */
    @BeforeEach
    void nameJob() {
        job = (Integer.toHexString(topic.hashCode()) + "0000000000000000").substring(0, 16);
    }

    private EpochTransactions transactions(String id, String name, String... more) {
        return new KafkaConnector()
                .writable()
                .orElseThrow()
                .openTransactions(new TransactionContext(
                        id,
                        name,
                        Duration.ofSeconds(1),
                        List.of(new Table("t", run.writing(options(more)))),
                        Platform.system(),
                        notes::add));
    }

    /** A start that has taken over. */
    private EpochTransactions fenced(String... more) {
        EpochTransactions transactions = transactions(job, "turnover", more);
        transactions.fence();
        return transactions;
    }

    private Sink sink(EpochTransactions transactions) {
        return transactions.open(new SinkContext(
                "t",
                run.writing(options()),
                ConnectorRun.ID_AND_NAME,
                false,
                List.of(),
                false,
                ZoneOffset.UTC,
                Platform.system(),
                run.allocator()));
    }

    private static EpochMark mark(long epoch, long generation) {
        return new EpochMark(epoch, generation, "hash " + epoch, epoch == 1 ? "" : "hash " + (epoch - 1));
    }

    private boolean epoch(EpochTransactions transactions, Sink sink, int rows, EpochMark mark) {
        transactions.begin();
        run.write(sink, 0, rows);
        transactions.flush();
        return transactions.decide(mark);
    }

    @Test
    void rowsAreReadWhenTheirEpochIsDecided() {
        try (EpochTransactions transactions = fenced();
                Sink sink = sink(transactions);
                Sink other = sink(transactions)) {
            assertEquals(Optional.empty(), transactions.resolve());
            transactions.refuseOthers();
            transactions.begin();
            run.write(sink, 0, 3);
            run.write(other, 3, 4);
            transactions.flush();
            assertEquals(List.of(), values());
            assertTrue(transactions.decide(mark(1, 1)));
            assertEquals(4, values().size());
            assertTrue(epoch(transactions, sink, 2, mark(2, 1)));
            assertEquals(6, values().size());
            assertEquals("5 rows in topic " + topic, sink.summary());
            assertEquals(Optional.of(mark(2, 1)), transactions.resolve());
        }
        assertEquals(List.of(), notes);
    }

    /** The library waits as long as it may when it is closed in a transaction of no rows, behind one that was committed. */
    @Test
    void anEpochWithoutRowsDoesNotHoldUpTheEndOfARun() {
        EpochTransactions transactions = fenced();
        try (Sink sink = sink(transactions)) {
            assertTrue(epoch(transactions, sink, 1, mark(1, 1)));
            transactions.begin();
        }
        long start = System.nanoTime();
        transactions.close();
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis < 9_000, millis + " ms");
        try (EpochTransactions next = fenced()) {
            assertEquals(Optional.of(mark(1, 1)), next.resolve());
        }
    }

    @Test
    void whatWasNotDecidedIsNeverRead() {
        try (EpochTransactions transactions = fenced();
                Sink sink = sink(transactions)) {
            assertTrue(epoch(transactions, sink, 1, mark(1, 1)));
            transactions.begin();
            run.write(sink, 1, 9);
            transactions.flush();
        }
        try (EpochTransactions next = fenced();
                Sink sink = sink(next)) {
            assertEquals(Optional.of(mark(1, 1)), next.resolve());
            assertTrue(epoch(next, sink, 1, mark(2, 2)));
        }
        assertEquals(2, values().size());
    }

    @Test
    void aNewerStartFencesTheOlderOne() {
        try (EpochTransactions older = fenced();
                Sink ofOlder = sink(older)) {
            assertTrue(epoch(older, ofOlder, 1, mark(1, 1)));
            older.begin();
            run.write(ofOlder, 0, 5);
            older.flush();
            try (EpochTransactions newer = fenced();
                    Sink ofNewer = sink(newer)) {
                assertEquals(Optional.of(mark(1, 1)), newer.resolve());
                assertFalse(older.decide(mark(2, 1)));
                assertTrue(epoch(newer, ofNewer, 2, mark(2, 2)));
                assertEquals(Optional.of(mark(2, 2)), newer.resolve());
            }
        }
        assertEquals(3, values().size());
    }

    @Test
    void theLastDecisionIsFoundBehindWhatCameToNothing() {
        try (EpochTransactions transactions = fenced();
                Sink sink = sink(transactions)) {
            for (int epoch = 1; epoch <= 100; epoch++) {
                assertTrue(epoch(transactions, sink, 0, mark(epoch, 1)));
            }
        }
        String id = "leat-" + job;
        try (Producer<byte[], byte[]> another = producer(Map.of("transactional.id", "another"))) {
            another.initTransactions();
            for (int i = 0; i < 150; i++) {
                another.beginTransaction();
                sendAll(
                        another,
                        List.of(new ProducerRecord<>(
                                id, bytes(job), mark(999, 1).hash().getBytes())));
                another.abortTransaction();
            }
        }
        try (EpochTransactions next = fenced()) {
            assertEquals(Optional.of(mark(100, 1)), next.resolve());
        }
    }

    @Test
    void aTransactionThatHangsIsNamed() {
        try (EpochTransactions transactions = fenced();
                Sink sink = sink(transactions)) {
            assertTrue(epoch(transactions, sink, 1, mark(1, 1)));
        }
        try (Producer<byte[], byte[]> another = producer(Map.of("transactional.id", "hangs"))) {
            another.initTransactions();
            another.beginTransaction();
            sendAll(another, List.of(new ProducerRecord<>("leat-" + job, bytes("x"), bytes("x"))));
            try (EpochTransactions next = fenced("connect.timeout", "2 s")) {
                String message =
                        assertThrows(ConnectorException.class, next::resolve).getMessage();
                assertTrue(message.contains("cannot be read beyond offset 2 of 3"), message);
                assertTrue(message.endsWith("--partition 0 --start-offset 2"), message);
            }
        }
    }

    @Test
    void decisionsMustStayWhereTheyAre() {
        broker.createTopic("leat-" + job, 2);
        String message = assertThrows(ConnectorException.class, this::fenced).getMessage();
        assertTrue(message.contains("has 2 partitions and the cleanup.policy 'delete'"), message);
    }

    @Test
    void aTransactionThatWasOpenTooLongIsNotDecided() {
        try (EpochTransactions transactions = fenced("properties.transaction.timeout.ms", "2000");
                Sink sink = sink(transactions)) {
            transactions.begin();
            run.write(sink, 0, 3);
            transactions.flush();
            awaitEndOfTransaction();
            assertThrows(ConnectorException.class, () -> transactions.decide(mark(1, 1)));
        }
        try (EpochTransactions next = fenced()) {
            assertEquals(Optional.empty(), next.resolve());
        }
        assertEquals(List.of("behind"), values());
    }

    /** A record behind the transaction is read when that has ended. */
    private void awaitEndOfTransaction() {
        send(0, null, null, "behind");
        while (values().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void theBrokersLimitIsTold() {
        String message = assertThrows(
                        ConnectorException.class, () -> fenced("properties.transaction.timeout.ms", "900001"))
                .getMessage();
        assertTrue(message.endsWith("allow transactions of 900000 ms at most ('transaction.max.timeout.ms')"), message);
    }

    @Test
    void aJobWhoseStateWasLostIsRefused() {
        try (EpochTransactions transactions = fenced();
                Sink sink = sink(transactions)) {
            assertTrue(epoch(transactions, sink, 1, mark(1, 1)));
        }
        try (EpochTransactions anew = transactions("anew" + job.substring(4), "turnover")) {
            anew.fence();
            assertEquals(Optional.empty(), anew.resolve());
            String message =
                    assertThrows(ConnectorException.class, anew::refuseOthers).getMessage();
            assertTrue(message.startsWith("topic '" + topic + "' holds rows of another run of 'turnover'"), message);
        }
        try (EpochTransactions anew =
                transactions("anew" + job.substring(4), "turnover", "sink.transactional-id-prefix", "more")) {
            anew.fence();
            assertEquals(Optional.empty(), anew.resolve());
            anew.refuseOthers();
        }
        try (EpochTransactions other = transactions("othr" + job.substring(4), "another")) {
            other.fence();
            other.refuseOthers();
        }
    }

    @Test
    void oldBrokersAreNamed() throws ExecutionException, InterruptedException {
        try (Admin admin = broker.admin()) {
            level(admin, (short) 1);
            try (EpochTransactions transactions = transactions(job, "turnover")) {
                assertTrue(notes.get(0).contains("transaction.version below 2"), notes.toString());
            } finally {
                level(admin, (short) 2);
            }
        }
    }

    private static void level(Admin admin, short level) throws ExecutionException, InterruptedException {
        FeatureUpdate.UpgradeType type =
                level < 2 ? FeatureUpdate.UpgradeType.SAFE_DOWNGRADE : FeatureUpdate.UpgradeType.UPGRADE;
        admin.updateFeatures(Map.of("transaction.version", new FeatureUpdate(level, type)), new UpdateFeaturesOptions())
                .all()
                .get();
    }
}
