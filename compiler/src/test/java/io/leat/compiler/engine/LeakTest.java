package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobFailure;
import io.leat.runtime.local.RejectLimitException;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.pipeline.DataException;
import io.leat.runtime.platform.Clock;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Threads;
import io.leat.runtime.type.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However a job ends, it leaves nothing behind: closing a job, and then the engine, fails if any off-heap memory is still held. So every
 * test here also is a test of that.
 */
class LeakTest {
    private static final JobSettings TIGHT = JobSettings.NONE
            .withStateStore(StateStoreKind.HEAP)
            .withHotGroups(16)
            .withBatchRows(64)
            .withEpochMillis(1);

    /** Reads for ever: rows are joined, counted by window in tables too small for them, and written. */
    private static final String ENDLESS = """
            CREATE TABLE r (k BIGINT, s STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
              WITH (connector = 'datagen', 'fields.k.min' = '0', 'fields.k.max' = '500');
            CREATE TABLE names (k BIGINT, name STRING);
            INSERT INTO names VALUES (1, 'one'), (2, 'two'), (3, 'three');
            CREATE TABLE out WITH (connector = 'blackhole') AS
              FROM r |> LEFT JOIN names AS n ON r.k = n.k |> CALL TUMBLE(ts, INTERVAL '1' SECOND)
              |> AGGREGATE count(*) AS c, min(s) AS least, count(DISTINCT s) AS d GROUP BY r.k, name, window_start;
            FROM r |> WHERE k < 10 |> SELECT k, s;
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeRows() throws IOException {
        Files.createDirectories(folder.resolve("rows"));
        for (int file = 0; file < 3; file++) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                lines.add("{\"k\":" + i % 50 + ",\"v\":" + (i == 399 ? "9223372036854775807" : "5") + ",\"s\":\"text "
                        + i + "\",\"ts\":\"2026-05-01T00:00:" + (10 + i / 10) + "\"}");
            }
            lines.add("{\"k\":");
            Files.write(folder.resolve("rows/f" + file + ".json"), lines);
        }
        Files.writeString(folder.resolve("names.csv"), "k,name\n1,one\n2,two\n");
    }

    /** A job over the files of the folder with everything that holds memory. */
    private static String overFiles(String aggregate) {
        return """
                CREATE TABLE r (k BIGINT, v BIGINT, s STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
                  WITH (connector = 'filesystem', path = '${dir}/rows', format = 'json', 'scan.mode' = 'stream');
                CREATE TABLE names (k BIGINT, name STRING)
                  WITH (connector = 'filesystem', path = '${dir}/names.csv', format = 'csv');
                CREATE TABLE out WITH (connector = 'filesystem', path = '${dir}/out', format = 'json') AS
                  FROM r |> LEFT JOIN names AS n ON r.k = n.k |> CALL TUMBLE(ts, INTERVAL '5' SECOND)
                  |> AGGREGATE %s AS x, min(s) AS least GROUP BY r.k, name, window_start;
                CREATE TABLE refused WITH (connector = 'filesystem', path = '${dir}/refused.csv', format = 'csv') AS
                  SELECT reason FROM r$rejected;
                FROM r |> SELECT k, s |> ORDER BY s |> LIMIT 7;
                """.formatted(aggregate);
    }

    private static void awaitRows(Job job, long rows) {
        while (!job.isEnded()
                && job.report().sources().stream()
                                .mapToLong(source -> source.counts().read())
                                .sum()
                        < rows) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "1, 20000", "3, 0", "3, 1", "3, 20000"})
    void closingInTheMiddle(int workers, long rows) {
        CompiledJob compiled = QueryRuns.compile(ENDLESS, workers);
        try (QueryRuns runs = new QueryRuns(Clock.system(), folder)) {
            Job job = runs.start(compiled, TIGHT, new ResultRows());
            awaitRows(job, rows);
            assertFalse(job.isEnded(), () -> "" + job.failure());
            job.close();
            assertTrue(job.isEnded());
            job.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void drainingInTheMiddleDeliversWhatWasRead(int workers) {
        CompiledJob compiled = QueryRuns.compile(ENDLESS, workers);
        try (QueryRuns runs = new QueryRuns(Clock.system(), folder)) {
            try (Job job = runs.start(compiled, TIGHT, new ResultRows())) {
                awaitRows(job, 5_000);
                job.drain();
                assertTrue(job.await().drained());
            }
        }
    }

    /** The engine ends what its host forgot. */
    @Test
    void closingTheEngineClosesItsJobs() {
        Job job;
        try (QueryRuns runs = new QueryRuns(Clock.system(), folder)) {
            job = runs.start(QueryRuns.compile(ENDLESS, 1), TIGHT, new ResultRows());
            awaitRows(job, 100);
        }
        assertTrue(job.isEnded());
    }

    @Test
    void anInterruptedWaiterGoesOnWaitingAndStaysInterrupted() {
        CompiledJob compiled = QueryRuns.compile(overFiles("count(*)"), 1);
        try (QueryRuns runs = new QueryRuns(Clock.system(), folder);
                Job job = runs.start(compiled, TIGHT, new ResultRows())) {
            Thread.currentThread().interrupt();
            long read = job.await().sources().stream()
                    .mapToLong(source -> source.counts().read())
                    .sum();
            assertEquals(1_203 + 2, read);
            assertTrue(Thread.interrupted());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aResultThatCannotBeComputed(int workers) {
        CompiledJob compiled = QueryRuns.compile(overFiles("sum(v)"), workers);
        try (QueryRuns runs = new QueryRuns(Clock.system(), folder);
                Job job = runs.start(compiled, TIGHT, new ResultRows())) {
            assertThrows(DataException.class, job::await);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void tooManyRejectedRows(int workers) {
        String limited = overFiles("count(*)")
                .replace("'scan.mode'", "'scan.reject-limit' = '0', 'scan.reject-minimum' = '1', 'scan.mode'");
        try (QueryRuns runs = new QueryRuns(Clock.system(), folder);
                Job job = runs.start(QueryRuns.compile(limited, workers), TIGHT, new ResultRows())) {
            assertThrows(RejectLimitException.class, job::await);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aReceiverThatThrows(int workers) {
        ResultReceiver broken = new ResultReceiver() {
            @Override
            public void begin(String title, Schema schema) {
                // Not yet.
            }

            @Override
            public void rows(Batch batch) {
                throw new IllegalStateException("nobody listens");
            }

            @Override
            public void flush() {
                // Not yet.
            }

            @Override
            public void end() {
                // Not yet.
            }
        };
        try (QueryRuns runs = new QueryRuns(Clock.system(), folder);
                Job job = runs.start(QueryRuns.compile(overFiles("count(*)"), workers), TIGHT, broken)) {
            assertThrows(JobFailure.class, job::await);
        }
    }

    /** Whichever call to the disk fails, in the middle of opening, reading or writing. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void everyCallToTheDiskThatCanFail(int workers) throws IOException {
        byte[] packed = Files.readAllBytes(folder.resolve("rows/f2.json"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("rows/f3.json.gz")))) {
            out.write(packed);
        }
        CompiledJob compiled = QueryRuns.compile(overFiles("count(*)"), workers);
        int failures = 0;
        for (int call = 1; ; call++) {
            FailingDisk failing = FailingDisk.at(call);
            Platform platform = new Platform(Clock.system(), failing.disk(), Threads.system());
            String what = "call " + call;
            assertDoesNotThrow(() -> runOnce(platform, compiled, failing), what);
            if (!failing.failed()) {
                break;
            }
            failures++;
        }
        assertTrue(failures > 20, failures + " calls");
    }

    private void runOnce(Platform platform, CompiledJob compiled, FailingDisk failing) {
        try (QueryRuns runs = new QueryRuns(platform, folder);
                Job job = runs.start(compiled, TIGHT, new ResultRows())) {
            try {
                job.await();
            } catch (ConnectorException e) {
                assertTrue(failing.failed() && e.getMessage().contains(FailingDisk.REASON), e.getMessage());
            }
        }
    }
}
