package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Results that are told at an interval: whoever applies the changes in their order has one row of a key at most at any time, and the final
 * result in the end.
 */
class EarlyResultsTest {
    /** A step of a worker reads one of them. */
    private static final int PARTITIONS = 60;

    private static final int ROWS = 200;
    private static final long START = Instant.parse("2026-06-01T11:00:00Z").toEpochMilli();
    private static final String TABLE = """
            CREATE TABLE r (k INT, v INT, ts TIMESTAMP_LTZ(3), WATERMARK FOR ts AS ts - INTERVAL '3' SECOND)
              WITH (connector = 'filesystem', path = '${dir}/rows', format = 'json', 'scan.mode' = 'stream');
            """;

    @TempDir
    Path folder;

    /** Applies changes: the key is all columns but the last. */
    private static final class Applying implements ResultReceiver {
        private final Map<String, String> rows = new HashMap<>();
        private final List<String> wrong = new ArrayList<>();
        private int told;

        @Override
        public void begin(String title, Schema schema) {
            rows.clear();
        }

        @Override
        public void rows(Batch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                told++;
                StringBuilder key = new StringBuilder();
                int last = batch.columns() - 1;
                for (int column = 1; column < last; column++) {
                    key.append(batch.column(column).getLong(row)).append('|');
                }
                apply(
                        batch.column(0).getText(row),
                        key.toString(),
                        Long.toString(batch.column(last).getLong(row)));
            }
        }

        private void apply(String kind, String key, String value) {
            String before = kind.startsWith("-") ? rows.remove(key) : rows.put(key, value);
            if (kind.startsWith("-") ? !value.equals(before) : before != null) {
                wrong.add(kind + " " + key + value + " over " + before);
            }
        }

        List<String> sorted() {
            return rows.entrySet().stream()
                    .map(each -> each.getKey() + each.getValue())
                    .sorted()
                    .toList();
        }

        @Override
        public void flush() {
            // Applied already.
        }

        @Override
        public void end() {
            // Looked at when the job has ended.
        }
    }

    private void write() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                Instant time = Instant.ofEpochMilli(START + i * 400L - random.nextInt(2_000));
                lines.add(
                        "{\"k\":" + random.nextInt(20) + ",\"v\":" + random.nextInt(100) + ",\"ts\":\"" + time + "\"}");
            }
            Files.createDirectories(folder.resolve("rows"));
            Files.write(folder.resolve("rows/p" + partition + ".json"), lines);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 64, 20", "1, 1, 1000", "3, 64, 20", "3, 7, 10"})
    void sumUpToTheFinalResult(int workers, int batchRows, int everyMillis) throws IOException {
        write();
        String groups = "SELECT k, SUM(v) AS total FROM r GROUP BY k";
        String windows = "SELECT k, window_start, window_end, SUM(v) AS total FROM"
                + " TABLE(TUMBLE(TABLE r, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end";
        for (String query : List.of(groups, windows)) {
            JobSettings settings = JobSettings.NONE.withBatchRows(batchRows).withEpochMillis(1);
            // Each look at the clock takes a millisecond, so that each step of a worker is an epoch.
            try (QueryRuns runs = new QueryRuns(new TickingClock(1_000_000), folder)) {
                List<String> expected = runs.run(QueryRuns.compile(TABLE + query + ";", workers), settings)
                        .rows()
                        .sorted(0);
                int all = told(runs, query + " EMIT CHANGES;", workers, settings, expected);
                String every = " EMIT CHANGES EVERY INTERVAL '" + everyMillis + " milliseconds';";
                int some = told(runs, query + every, workers, settings, expected);
                String what = some + " of " + all + " changes for " + expected.size() + " rows of " + query;
                assertTrue(some >= expected.size() && some < all, what);
                // Workers that wait look at the clock, too, so that only of one it is known how far it goes.
                assertTrue(workers > 1 || some < all / 2 && (query.equals(windows) || some > expected.size()), what);
            }
        }
    }

    private static int told(QueryRuns runs, String query, int workers, JobSettings settings, List<String> expected) {
        CompiledJob job = QueryRuns.compile(TABLE + query, workers);
        Applying receiver = new Applying();
        try (Job running = runs.start(job, settings, receiver)) {
            running.await();
        }
        assertEquals(List.of(), receiver.wrong, query);
        assertEquals(expected, receiver.sorted(), query);
        return receiver.told;
    }
}
