package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import io.leat.runtime.local.RowCounts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 100,000 keys through a hot table of 1,024 entries, several windows open at a time, epochs ending all along: groups leave the hot
 * table, come back, and no row is lost or counted twice.
 */
@Tag("every-jdk")
class EvictionTest {
    private static final long SEED = 7;
    private static final int KEYS = 100_000;
    private static final int ROWS = 220_000;
    private static final long WINDOW = 10_000;
    private static final long DELAY = 4_000;
    private static final long START = 1_770_000_000_000L;

    @TempDir
    static Path folder;

    private static final Map<String, Group> expected = new HashMap<>();
    private static long late;
    private static long rejected;
    private static long filtered;

    private static final class Group {
        private long count;
        private long sum;
        private String least = "~";
        private final Set<Long> distinct = new HashSet<>();

        @Override
        public String toString() {
            return count + "|" + sum + "|" + least + "|" + distinct.size();
        }
    }

    /** Writes the rows and counts them in a plain way. */
    @BeforeAll
    static void writeRows() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        long watermark = Long.MIN_VALUE;
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("rows.json"))) {
            for (int i = 0; i < ROWS; i++) {
                long key = i < KEYS ? i : random.nextInt(KEYS);
                long time = START + i / 6 - (random.nextInt(100) == 0 ? 20_000 : random.nextInt(5_000));
                int value = random.nextInt(-5, 40);
                if (random.nextInt(2_000) == 0) {
                    out.write("{\"k\":" + key + ",\"v\":\"" + value + "\"}\n");
                    rejected++;
                    continue;
                }
                String name = "n" + random.nextInt(1_000);
                out.write("{\"k\":" + key + ",\"v\":" + value + ",\"s\":\"" + name + "\",\"t\":" + time + "}\n");
                long window = Math.floorDiv(time, WINDOW) * WINDOW;
                if (value < 0) {
                    filtered++;
                } else if (watermark >= window + WINDOW) {
                    late++;
                } else {
                    Group group = expected.computeIfAbsent(key + "|" + window * 1_000, each -> new Group());
                    group.count++;
                    group.sum += value;
                    group.distinct.add(value % 7L);
                    group.least = group.least.compareTo(name) <= 0 ? group.least : name;
                }
                watermark = Math.max(watermark, time - DELAY);
            }
        }
    }

    private static String query(String moreAggregates) {
        return """
                CREATE TABLE r (k BIGINT, v INT, s STRING, t BIGINT, ts AS TO_TIMESTAMP_LTZ(t, 3),
                  WATERMARK FOR ts AS ts - INTERVAL '4' SECOND)
                  WITH (connector = 'filesystem', path = '${dir}/rows.json', format = 'json', 'scan.mode' = 'stream');
                FROM r |> WHERE v >= 0 |> CALL TUMBLE(ts, INTERVAL '10' SECOND)
                |> AGGREGATE count(*) AS n, sum(v) AS total, min(s) AS least%s GROUP BY k, window_start;
                """.formatted(moreAggregates);
    }

    @ParameterizedTest
    @CsvSource({"HEAP, 1, false", "CHRONICLE, 1, false", "HEAP, 3, true", "CHRONICLE, 3, true"})
    void noRowIsLost(StateStoreKind store, int workers, boolean distinct) {
        CompiledJob compiled = QueryRuns.compile(query(distinct ? ", count(DISTINCT v % 7) AS d" : ""), workers);
        JobSettings settings = JobSettings.NONE
                .withStateStore(store)
                .withHotGroups(1_024)
                .withBatchRows(1_000)
                .withEpochMillis(1_000);
        TickingClock clock = new TickingClock(500_000_000);
        QueryRuns.Outcome outcome;
        try (QueryRuns runs = new QueryRuns(clock, folder)) {
            outcome = runs.run(compiled, settings);
        }
        assertTrue(clock.nanos() > 10_000_000_000L, "epochs ended in between");
        checkRows(outcome.rows().sorted(0), distinct);
        RowCounts counts = outcome.counts("r");
        assertEquals(ROWS, counts.read());
        assertEquals(rejected, counts.rejected());
        assertEquals(late, counts.late());
        assertEquals(filtered, counts.filtered());
        assertEquals(ROWS - rejected - late - filtered, counts.onTime());
        assertEquals(0, outcome.report().openWindows().groups());
    }

    private static void checkRows(List<String> rows, boolean distinct) {
        assertTrue(late > 100 && rejected > 10 && filtered > 100);
        List<String> wanted = new ArrayList<>();
        expected.forEach((key, group) -> {
            String text = key + "|" + group;
            wanted.add(distinct ? text : text.substring(0, text.lastIndexOf('|')));
        });
        assertEquals(wanted.stream().sorted().toList(), rows);
    }
}
