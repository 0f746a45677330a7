package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.job.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows by a clock that goes on while rows are read: every row is in one window, and windows are where the clock was. */
class ClockWindowsTest {
    /** A step of a worker reads one of them. */
    private static final int PARTITIONS = 80;

    private static final int ROWS = 50;
    private static final int KEYS = 7;
    private static final long START_MICROS = 1_780_315_200_000_000L;

    @TempDir
    Path folder;

    private static String query(String scan, String window) {
        return """
                CREATE TABLE r (k INT, ts TIMESTAMP_LTZ(3), p AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
                  WITH (connector = 'filesystem', path = '${dir}/rows', format = 'json', 'scan.mode' = '%s');
                SELECT k, COUNT(*) AS n, window_start, window_end, MIN(p) AS first, MAX(p) AS last
                FROM TABLE(%s) GROUP BY k, window_start, window_end;
                """.formatted(scan, window);
    }

    private void write() throws IOException {
        Files.createDirectories(folder.resolve("rows"));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                // Of event time, each row is late but the first ones.
                lines.add("{\"k\":" + i % KEYS + ",\"ts\":\"2026-06-01T11:59:" + (59 - i) + "Z\"}");
            }
            Files.write(folder.resolve("rows/p" + partition + ".json"), lines);
        }
    }

    @ParameterizedTest
    @CsvSource({"stream, 1", "stream, 3", "bounded, 1", "bounded, 3"})
    void everyRowIsInTheWindowOfItsMoment(String scan, int workers) throws IOException {
        write();
        String tumble = "TUMBLE(TABLE r, DESCRIPTOR(p), INTERVAL '10 milliseconds')";
        List<long[]> windows = windows(query(scan, tumble), workers);
        if (workers == 1) {
            // One of several may have read all there is before the next one has begun, and an epoch ends for all of
            // them.
            assertTrue(windows.stream().map(each -> each[2]).distinct().count() > 3, windows.size() + " windows");
        }
        windows.forEach(each -> assertEquals(each[2] + 10_000, each[3]));
        windows.forEach(each -> assertEquals(0, each[2] % 10_000));
        String session = "SESSION(TABLE r PARTITION BY k, DESCRIPTOR(p), INTERVAL '2 milliseconds')";
        windows(query(scan, session), workers)
                .forEach(each -> assertTrue(each[4] == each[2] && each[5] + 2_000 == each[3], "a session is its rows"));
    }

    private List<long[]> windows(String query, int workers) {
        List<long[]> windows = new ArrayList<>();
        try (QueryRuns runs = new QueryRuns(new TickingClock(3_000_000), folder)) {
            QueryRuns.Outcome outcome = runs.run(
                    QueryRuns.compile(query, workers),
                    JobSettings.NONE.withEpochMillis(1).withBatchRows(1));
            for (String row : outcome.rows().sorted(0)) {
                String[] cells = row.split("\\|");
                long[] values = new long[cells.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Long.parseLong(cells[i]);
                }
                windows.add(values);
            }
            assertEquals(0, outcome.counts("r").late());
            assertEquals(PARTITIONS * ROWS, outcome.counts("r").onTime());
        }
        Map<Long, Long> rows = new TreeMap<>();
        for (long[] each : windows) {
            rows.merge(each[0], each[1], Long::sum);
            boolean within = each[2] <= each[4] && each[4] <= each[5] && each[5] < each[3] && each[4] >= START_MICROS;
            assertTrue(within, "rows of a window lie within it");
        }
        for (long key = 0; key < KEYS; key++) {
            long ofFile = ROWS / KEYS + (key < ROWS % KEYS ? 1 : 0);
            assertEquals(PARTITIONS * ofFile, rows.get(key), "rows of key " + key);
        }
        return windows;
    }
}
