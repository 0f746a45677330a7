package io.leat.compiler.equality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.engine.ResultRows;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.kafka.KafkaBroker;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.RowCounts;
import io.leat.runtime.local.Snapshot;
import io.leat.runtime.local.SnapshotException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows over a topic of a real broker that gains partitions, while the job runs or while it is stopped. */
@Tag("broker")
class GrowingTopicTest {
    private static final QueryCompiler COMPILER = new QueryCompiler();

    private static KafkaBroker broker;
    private static Producer<byte[], byte[]> producer;
    private static Engine engine;

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start();
        producer = broker.producer();
        engine = Engine.open();
    }

    @AfterAll
    static void stop() {
        producer.close();
        // Fails if a job left memory behind.
        engine.close();
        broker.close();
    }

    private static void send(String topic, int partition, int value, String time) {
        String row = "{\"v\":" + value + ",\"ts\":\"2026-05-01T" + time + "Z\"}";
        try {
            producer.send(new ProducerRecord<>(topic, partition, null, row.getBytes(StandardCharsets.UTF_8)))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void grow(String topic, int partitions) {
        try (Admin admin = broker.admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static CompiledJob compile(String topic, String key, int workers) {
        String query =
                "CREATE TABLE t (v INT, ts TIMESTAMP_LTZ(3)" + key + ") WITH (connector = 'kafka', topic = '" + topic
                        + "', 'properties.bootstrap.servers' = '" + broker.servers()
                        + "', format = 'json', 'scan.topic-partition-discovery.interval' = '50 ms', 'scan.watermark.idle-timeout' = '1 h'); ";
        String question = key.startsWith(", WATERMARK")
                ? "FROM t |> CALL TUMBLE(ts, INTERVAL '5' SECOND) |> AGGREGATE sum(v) AS total GROUP BY window_end |> SELECT total;"
                : "SELECT v, ts FROM t EMIT CHANGES;";
        return COMPILER.compile(
                        new SourceText("topic.sql", query + question),
                        CompileOptions.defaults().withParallelism(workers))
                .job();
    }

    private static CompiledJob compile(String topic, int workers) {
        return compile(topic, ", WATERMARK FOR ts AS ts", workers);
    }

    private static JobOptions options(ResultRows rows) {
        return JobOptions.defaults()
                .withSettings(JobSettings.NONE.withEpochMillis(20))
                .withResults(rows);
    }

    private static RowCounts counts(Job job) {
        return job.report().sources().get(0).counts();
    }

    private static void await(Job job, BooleanSupplier reached) {
        while (!job.isEnded() && !reached.getAsBoolean()) {
            Thread.onSpinWait();
        }
        assertFalse(job.isEnded(), () -> "the job ended: " + job.failure());
    }

    private static void awaitRead(Job job, long rows) {
        await(job, () -> !job.report().sources().isEmpty() && counts(job).read() == rows);
    }

    private static boolean reads(Job job, String partition) {
        return job.report().epochs().stream()
                .flatMap(epoch -> epoch.partitions().stream())
                .anyMatch(state -> state.partition().equals(partition));
    }

    /** Rows of a new partition are on time though the others went far ahead: it holds windows back until it has spoken. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void whileItRuns(int workers) {
        String topic = "running-" + workers;
        broker.createTopic(topic, 2);
        send(topic, 0, 1, "00:00:01");
        send(topic, 1, 2, "00:00:02");
        ResultRows rows = new ResultRows();
        try (Job job = engine.deploy(compile(topic, workers), options(rows))) {
            awaitRead(job, 2);
            grow(topic, 4);
            await(job, () -> reads(job, "2") && reads(job, "3"));
            send(topic, 0, 4, "00:00:20");
            send(topic, 1, 8, "00:00:21");
            awaitRead(job, 4);
            send(topic, 2, 16, "00:00:03");
            send(topic, 3, 32, "00:00:04");
            awaitRead(job, 6);
            send(topic, 2, 64, "00:00:22");
            send(topic, 3, 128, "00:00:23");
            awaitRead(job, 8);
            assertEquals(0, counts(job).late());
            job.drain();
            job.await();
        }
        assertEquals(List.of("51"), rows.sorted(0));
    }

    /** A job that goes on reads what was written into new partitions meanwhile, and those that it gains then. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whileItIsStopped(int workers) {
        String topic = "stopped-" + workers;
        broker.createTopic(topic, 2);
        send(topic, 0, 1, "00:00:01");
        send(topic, 1, 2, "00:00:02");
        ResultRows rows = new ResultRows();
        Snapshot snapshot;
        try (Job job = engine.deploy(compile(topic, workers), options(rows))) {
            awaitRead(job, 2);
            job.stopWithSnapshot();
            job.await();
            snapshot = job.snapshot().orElseThrow();
        }
        grow(topic, 3);
        send(topic, 2, 4, "00:00:03");
        try (Job job = engine.deploy(compile(topic, workers), options(rows).from(Snapshot.of(snapshot.toBytes())))) {
            awaitRead(job, 3);
            grow(topic, 4);
            await(job, () -> reads(job, "3"));
            send(topic, 3, 8, "00:00:04");
            awaitRead(job, 4);
            job.stopWithSnapshot();
            job.await();
            snapshot = job.snapshot().orElseThrow();
        }
        ResultRows last = new ResultRows();
        try (Job job = engine.deploy(compile(topic, workers), options(last).from(Snapshot.of(snapshot.toBytes())))) {
            for (int partition = 0; partition < 4; partition++) {
                send(topic, partition, 100, "00:00:30");
            }
            awaitRead(job, 8);
            assertEquals(0, counts(job).late());
            job.drain();
            job.await();
        }
        assertEquals(List.of("15"), last.sorted(0));
    }

    /** Its positions mean other rows. */
    @Test
    void anotherTopicOfTheNameIsRefused() throws ExecutionException, InterruptedException {
        String topic = "another";
        broker.createTopic(topic, 1);
        send(topic, 0, 1, "00:00:01");
        Snapshot snapshot;
        try (Job job = engine.deploy(compile(topic, 1), options(new ResultRows()))) {
            awaitRead(job, 1);
            job.stopWithSnapshot();
            job.await();
            snapshot = job.snapshot().orElseThrow();
        }
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
        broker.createTopic(topic, 1);
        send(topic, 0, 1, "00:00:01");
        send(topic, 0, 2, "00:00:02");
        try (Job job =
                engine.deploy(compile(topic, 1), options(new ResultRows()).from(snapshot))) {
            SnapshotException refused = assertThrows(SnapshotException.class, job::await);
            assertTrue(refused.getMessage().contains("it was deleted and made anew"), refused.getMessage());
        }
    }

    /** Rows of one key might be in two partitions then. */
    @Test
    void rowsByKeyNeedThePartitionsAsTheyWere() {
        String topic = "keyed";
        broker.createTopic(topic, 1);
        try (Job job = engine.deploy(compile(topic, ", PRIMARY KEY (v) NOT ENFORCED", 1), options(new ResultRows()))) {
            await(job, () -> reads(job, "0"));
            grow(topic, 2);
            ConnectorException refused = assertThrows(ConnectorException.class, job::await);
            assertTrue(refused.getMessage().startsWith("t has gained partition '1': "), refused.getMessage());
        }
    }
}
