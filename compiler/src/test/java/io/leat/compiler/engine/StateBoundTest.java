package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.local.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * State shrinks as the watermark passes: a job is stopped at many points, and what its operators keep is counted. A query over four
 * times as many rows keeps no more at any time, and nothing at the end.
 */
class StateBoundTest {
    private static final String TABLES = """
            CREATE TABLE a (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '2' SECOND)
              WITH (connector = 'filesystem', path = '${dir}/a-%1$s.json', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE b (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '2' SECOND)
              WITH (connector = 'filesystem', path = '${dir}/b-%1$s.json', format = 'json', 'scan.mode' = 'stream');
            """;
    /** What is kept of how far a table was read. */
    private static final int OF_SCANS = 4;

    private static final int FEW = 80;
    private static final int MANY = 320;

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        for (int rows : new int[] {FEW, MANY}) {
            for (String table : List.of("a", "b")) {
                List<String> lines = new ArrayList<>();
                for (int row = 0; row < rows; row++) {
                    // A second per row, every third of them one behind its neighbour; pauses, in which sessions end;
                    // keys that never
                    // come again.
                    int second = row + row / 20 * 10 - (row % 3 == 0 && row % 20 != 0 ? 2 : 0);
                    lines.add("{\"k\":%d,\"v\":%d,\"ts\":\"2026-01-01T%02d:%02d:%02d\"}"
                            .formatted(
                                    row % 4 == 0 ? row : row % 3,
                                    row * 7 % 11,
                                    second / 3_600,
                                    second / 60 % 60,
                                    second % 60));
                }
                Files.write(folder.resolve(table + "-" + rows + ".json"), lines);
            }
        }
    }

    /** How much is kept at the ends of epochs all over the run, and at its end. */
    private static List<Long> entries(String query, int rows, StateStoreKind store) {
        CompiledJob job = QueryRuns.compile(TABLES.formatted(rows) + query, 1);
        JobSettings settings = JobSettings.NONE
                .withBatchRows(4)
                .withEpochMillis(0)
                .withStateStore(store)
                .withHotGroups(store == StateStoreKind.HEAP ? 1_000 : 2);
        List<Long> entries = new ArrayList<>();
        try (QueryRuns runs = new QueryRuns(new TickingClock(1_000_000), folder)) {
            JobOptions options = runs.options(settings, ResultReceiver.ignoring());
            int step = rows / 30;
            for (int epochs = step; ; epochs += step) {
                try (Job running = runs.start(job, options.stoppingAfter(epochs))) {
                    long left = running.await().openWindows().entries();
                    Optional<Snapshot> stopped = running.snapshot();
                    entries.add(stopped.map(Snapshot::entries).orElse(left));
                    if (stopped.isEmpty()) {
                        return entries;
                    }
                }
            }
        }
    }

    private static long most(List<Long> entries) {
        return entries.stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private static void check(String query, StateStoreKind store) {
        List<Long> few = entries(query, FEW, store);
        List<Long> many = entries(query, MANY, store);
        assertTrue(most(few) > OF_SCANS, "nothing is kept: " + few);
        assertTrue(most(many) <= most(few) + 4, "state grows: " + few + " and " + many);
        assertEquals(0, many.get(many.size() - 1), "at the end");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tumbling windows | SELECT k, count(*) AS n FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '5' SECOND)) GROUP BY k, window_end",
                "hopping windows with values | SELECT k, max(v) AS n, count(DISTINCT v) AS d FROM TABLE(HOP(TABLE a, DESCRIPTOR(ts), INTERVAL '2' SECOND, INTERVAL '6' SECOND)) GROUP BY k, window_start, window_end",
                "sessions | SELECT count(*) AS n FROM TABLE(SESSION(TABLE a, DESCRIPTOR(ts), INTERVAL '5' SECOND)) GROUP BY window_start, window_end",
                "sessions by key | SELECT k, count(*) AS n FROM TABLE(SESSION(TABLE a PARTITION BY k, DESCRIPTOR(ts), INTERVAL '2' SECOND)) GROUP BY k, window_start, window_end",
                "windows of windows | WITH w AS (SELECT k, window_time AS t, sum(v) AS v FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '2' SECOND)) GROUP BY k, window_start, window_end, window_time) SELECT window_end, max(v) AS top FROM TABLE(TUMBLE(TABLE w, DESCRIPTOR(t), INTERVAL '6' SECOND)) GROUP BY window_start, window_end",
                "inner join in time | SELECT a.v FROM a JOIN b ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '3' SECOND",
                "full join in time | SELECT a.v, b.v AS w FROM a FULL JOIN b ON a.k = b.k AND b.ts BETWEEN a.ts - INTERVAL '2' SECOND AND a.ts",
                "exists in time | SELECT v FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE a.k = b.k AND b.ts BETWEEN a.ts - INTERVAL '2' SECOND AND a.ts + INTERVAL '1' SECOND)",
                "join of windows | SELECT x.v FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '4' SECOND)) AS x JOIN TABLE(TUMBLE(TABLE b, DESCRIPTOR(ts), INTERVAL '4' SECOND)) AS y ON x.k = y.k AND x.window_start = y.window_start AND x.window_end = y.window_end",
                "join as of a time | SELECT a.v, b.v AS w FROM a LEFT JOIN b FOR SYSTEM_TIME AS OF a.ts AS b EXPIRE AFTER INTERVAL '4' SECOND ON a.k = b.k",
                "window functions of windows | SELECT v, sum(v) OVER (PARTITION BY window_start, window_end ORDER BY ts) AS s FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '5' SECOND))",
                "first rows of windows | SELECT v FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '5' SECOND)) QUALIFY row_number() OVER (PARTITION BY window_start, window_end ORDER BY v DESC) <= 3",
                "the last row of a key in a window | SELECT k, v FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '5' SECOND)) QUALIFY row_number() OVER (PARTITION BY k, window_start, window_end ORDER BY ts DESC) = 1",
                "different rows of windows | SELECT DISTINCT k, window_start, window_end FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '5' SECOND))",
                "union of windows | SELECT k, window_start, window_end FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '5' SECOND)) UNION SELECT k, window_start, window_end FROM TABLE(TUMBLE(TABLE b, DESCRIPTOR(ts), INTERVAL '5' SECOND))",
                "intersection of windows | SELECT k, window_start, window_end FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '5' SECOND)) INTERSECT ALL SELECT k, window_start, window_end FROM TABLE(TUMBLE(TABLE b, DESCRIPTOR(ts), INTERVAL '5' SECOND))",
                "difference of windows | SELECT k, window_start, window_end FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '5' SECOND)) EXCEPT SELECT k, window_start, window_end FROM TABLE(TUMBLE(TABLE b, DESCRIPTOR(ts), INTERVAL '5' SECOND))",
                "groups that expire | SELECT k, sum(v) AS s FROM a EXPIRE AFTER INTERVAL '3' SECOND GROUP BY k",
                "different rows that expire | SELECT DISTINCT k FROM a EXPIRE AFTER INTERVAL '3' SECOND",
                "union that expires | SELECT k FROM a EXPIRE AFTER INTERVAL '3' SECOND UNION SELECT k FROM b EXPIRE AFTER INTERVAL '3' SECOND",
                "difference that expires | SELECT k FROM a EXPIRE AFTER INTERVAL '3' SECOND EXCEPT ALL SELECT k FROM b EXPIRE AFTER INTERVAL '3' SECOND",
                "window functions that expire | SELECT k, sum(v) OVER (PARTITION BY k ORDER BY ts ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM a EXPIRE AFTER INTERVAL '3' SECOND",
                "the last row of a key that expires | SELECT k, v FROM a EXPIRE AFTER INTERVAL '3' SECOND QUALIFY row_number() OVER (PARTITION BY k ORDER BY ts DESC) = 1",
                "first rows that expire | SELECT k, v FROM a EXPIRE AFTER INTERVAL '3' SECOND QUALIFY row_number() OVER (PARTITION BY k ORDER BY v DESC) <= 2",
                "join of rows that expire | SELECT a.v FROM a EXPIRE AFTER INTERVAL '3' SECOND JOIN b EXPIRE AFTER INTERVAL '3' SECOND ON a.k = b.k"
            })
    void shrinksAsTheWatermarkPasses(String name, String query) {
        check(query, StateStoreKind.HEAP);
        check(query, StateStoreKind.CHRONICLE);
    }

    /** The other way round: what nothing frees is counted, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT k, count(*) AS n FROM a GROUP BY k",
                "SELECT a.v FROM a JOIN b ON a.k = b.k",
                "SELECT k, v FROM a QUALIFY row_number() OVER (PARTITION BY k ORDER BY ts) = 1",
                "SELECT a.v, b.v AS w FROM a LEFT JOIN b FOR SYSTEM_TIME AS OF a.ts AS b ON a.k = b.k"
            })
    void whatNothingFreesGrows(String query) {
        long few = most(entries(query, FEW, StateStoreKind.HEAP));
        long many = most(entries(query, MANY, StateStoreKind.HEAP));
        assertTrue(many > 2 * few, few + " and " + many);
    }
}
