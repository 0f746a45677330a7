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
import io.leat.runtime.local.JobReport.SourceReport;
import io.leat.runtime.local.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs over a topic of a real broker whose records are deleted while the job is stopped, as retention does it. */
@Tag("broker")
class ExpiredTopicTest {
    private static final QueryCompiler COMPILER = new QueryCompiler();

    @TempDir
    static Path folder;

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

    private static void send(String topic, int... values) throws ExecutionException, InterruptedException {
        for (int value : values) {
            byte[] row = ("{\"v\":" + value + ",\"w\":0}").getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(topic, value % 2, null, row)).get();
        }
    }

    /** Of partition 0. */
    private static void deleteBefore(String topic, long offset) throws ExecutionException, InterruptedException {
        try (Admin admin = broker.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private static CompiledJob compile(String topic, String option, int workers) {
        String query =
                "CREATE TABLE gone (\"partition\" STRING, \"offset\" BIGINT, reason STRING, raw BYTES) WITH (connector ="
                        + " 'filesystem', path = '" + folder.resolve(topic) + "', format = 'json');"
                        + "CREATE TABLE t (v INT) WITH (connector = 'kafka', topic = '" + topic
                        + "', 'properties.bootstrap.servers' = '" + broker.servers() + "', format = 'json'" + option
                        + ") REJECT INTO gone; SELECT v FROM t;";
        return COMPILER.compile(
                        new SourceText("topic.sql", query),
                        CompileOptions.defaults().withParallelism(workers))
                .job();
    }

    private static JobOptions options(ResultRows rows) {
        return JobOptions.defaults()
                .withSettings(JobSettings.NONE.withEpochMillis(20))
                .withResults(rows);
    }

    private static SourceReport report(Job job) {
        return job.report().sources().get(0);
    }

    private static void awaitRead(Job job, long rows) {
        while (!job.isEnded()
                && (job.report().sources().isEmpty() || report(job).counts().read() < rows)) {
            Thread.onSpinWait();
        }
        assertFalse(job.isEnded(), () -> "the job ended: " + job.failure());
    }

    private static Snapshot runUntil(CompiledJob job, JobOptions options, long rows) {
        try (Job running = engine.deploy(job, options)) {
            awaitRead(running, rows);
            running.stopWithSnapshot();
            running.await();
            return Snapshot.of(running.snapshot().orElseThrow().toBytes());
        }
    }

    @Test
    void theJobEndsUnlessItIsMeant() throws ExecutionException, InterruptedException {
        String topic = "refused";
        broker.createTopic(topic, 2);
        send(topic, 2, 4, 1);
        Snapshot snapshot = runUntil(compile(topic, "", 1), options(new ResultRows()), 3);
        send(topic, 6, 8, 10);
        deleteBefore(topic, 4);
        try (Job job =
                engine.deploy(compile(topic, "", 1), options(new ResultRows()).from(snapshot))) {
            ConnectorException refused = assertThrows(ConnectorException.class, job::await);
            assertTrue(refused.getMessage().contains("partition 0: records 2 to 3 were deleted"), refused.getMessage());
            assertTrue(refused.getMessage().contains("DATA_EXPIRED"), refused.getMessage());
        }
    }

    /** The range is told with its partition, a row stands for it among the rejected ones, and it is in no count of rows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theJobGoesOnBehindThem(int workers) throws ExecutionException, InterruptedException, IOException {
        String topic = "meant-" + workers;
        broker.createTopic(topic, 2);
        CompiledJob query = compile(topic, ", 'scan.data-expired' = 'continue'", workers);
        send(topic, 2, 4, 1);
        Snapshot snapshot = runUntil(query, options(new ResultRows()), 3);
        send(topic, 6, 8, 10, 3);
        deleteBefore(topic, 4);
        snapshot = runUntil(query, options(new ResultRows()).from(snapshot), 5);
        send(topic, 12);
        ResultRows rows = new ResultRows();
        try (Job job = engine.deploy(query, options(rows).from(snapshot))) {
            awaitRead(job, 6);
            assertEquals(List.of("partition 0, 2 to 3"), report(job).expired());
            assertEquals(2, report(job).expiredRecords());
            assertEquals(0, report(job).counts().rejected());
            assertEquals(Map.of("w", 6L), report(job).unknownFields().byName());
            job.drain();
            job.await();
        }
        List<String> gone = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve(topic))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                gone.addAll(Files.readAllLines(file));
            }
        }
        assertEquals(
                List.of("{\"partition\":\"0\",\"offset\":2,\"reason\":\"DATA_EXPIRED: records 2 to 3 were deleted"
                        + " before they were read\",\"raw\":null}"),
                gone);
        assertEquals(List.of("12"), rows.sorted(0));
    }
}
