package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.EpochRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Conditions on a clock that goes on while rows are read: the changes that are told sum up to the rows for which the condition holds at
 * the clock of the last epoch, and to the groups of these.
 */
class ClockFilterTest {
    /** A step of a worker reads one of them. */
    private static final int PARTITIONS = 80;

    private static final int ROWS = 40;
    private static final int KEYS = 12;
    private static final long SPREAD_MILLIS = 20_000;
    private static final String TABLE = """
            CREATE TABLE r (k INT, v INT, low TIMESTAMP_LTZ(3), high TIMESTAMP_LTZ(3))
              WITH (connector = 'filesystem', path = '${dir}/rows', format = 'json', 'scan.mode' = 'stream');
            """;
    private static final String CONDITION = " FROM r WHERE low <= NOW() - INTERVAL '1' SECOND AND NOW() < high";

    private final List<Row> rows = new ArrayList<>();

    @TempDir
    Path folder;

    private record Row(int key, int value, long low, long high) {
        boolean isThere(long micros) {
            return comes() <= micros && micros < goes();
        }

        /** Whether it neither comes nor goes between two times. */
        boolean rests(long after, long upTo) {
            return (comes() <= after || comes() > upTo) && (goes() <= after || goes() > upTo);
        }

        private long comes() {
            return (low + 1_000) * 1_000;
        }

        private long goes() {
            return high * 1_000;
        }
    }

    private void write() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        long start = EpochTicks.START_MICROS / 1_000;
        Files.createDirectories(folder.resolve("rows"));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                long low = start - 10_000 + random.nextLong(SPREAD_MILLIS);
                Row row = new Row(
                        random.nextInt(KEYS), rows.size(), low, Math.max(low, start) + random.nextLong(SPREAD_MILLIS));
                rows.add(row);
                lines.add("{\"k\":" + row.key() + ",\"v\":" + row.value() + ",\"low\":\""
                        + Instant.ofEpochMilli(row.low()) + "\",\"high\":\"" + Instant.ofEpochMilli(row.high())
                        + "\"}");
            }
            Files.write(folder.resolve("rows/p" + partition + ".json"), lines);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false, 5", "3, false, 150", "1, true, 300", "3, true, 300"})
    void whatIsToldSumsUpToWhatIsThere(int workers, boolean inPieces, int stepMillis) throws IOException {
        write();
        String each = TABLE + "SELECT k, v" + CONDITION + " EMIT CHANGES;";
        String groups = TABLE + "SELECT k, COUNT(*) AS n, SUM(v) AS total" + CONDITION + " GROUP BY k EMIT CHANGES;";
        QueryRuns.Outcome outcome = run(each, workers, inPieces, stepMillis);
        Map<String, Integer> there = summedUp(outcome.rows().inOrder(0));
        long most = clock(outcome);
        // With several workers, each ends in an epoch of its own and is there for those of the others, which may be
        // some more.
        long least = most - (workers == 1 && !inPieces ? 0 : 10 * stepMillis * 1_000L);
        assertTrue(
                most > EpochTicks.START_MICROS + 2_000_000, "the clock went on by " + (most - EpochTicks.START_MICROS));
        for (Row row : rows) {
            if (row.rests(least, most)) {
                int times = there.getOrDefault(row.key() + "|" + row.value(), 0);
                assertEquals(row.isThere(most) ? 1 : 0, times, row + " at " + most);
            }
        }
        long gone = outcome.rows().inOrder(0).stream()
                .filter(row -> row.startsWith("-"))
                .count();
        assertTrue(gone > rows.size() / 40, gone + " rows were taken back until " + (most - EpochTicks.START_MICROS));
        assertEquals(0, outcome.report().openWindows().entries());
        if (workers == 1 && !inPieces) {
            checkGroups(run(groups, workers, inPieces, stepMillis));
        }
    }

    private void checkGroups(QueryRuns.Outcome outcome) {
        long clock = clock(outcome);
        Map<Integer, long[]> expected = new TreeMap<>();
        rows.stream().filter(row -> row.isThere(clock)).forEach(row -> {
            long[] group = expected.computeIfAbsent(row.key(), key -> new long[2]);
            group[0]++;
            group[1] += row.value();
        });
        Map<String, Integer> groups = new TreeMap<>();
        expected.forEach((key, group) -> groups.put(key + "|" + group[0] + "|" + group[1], 1));
        assertEquals(groups, summedUp(outcome.rows().inOrder(0)));
    }

    private QueryRuns.Outcome run(String query, int workers, boolean inPieces, int stepMillis) {
        JobSettings settings = JobSettings.NONE.withEpochMillis(0).withBatchRows(1);
        CompiledJob job = QueryRuns.compile(query, workers);
        try (QueryRuns runs = new QueryRuns(new EpochTicks(stepMillis * 1_000L), folder)) {
            return inPieces
                    ? runs.runInPieces(List.of(job, QueryRuns.compile(query, workers == 1 ? 3 : workers)), settings, 17)
                    : runs.run(job, settings);
        }
    }

    /** The clock of the last epoch. */
    private static long clock(QueryRuns.Outcome outcome) {
        return outcome.report().epochs().stream()
                .mapToLong(EpochRecord::clockMicros)
                .max()
                .orElseThrow();
    }

    private static Map<String, Integer> summedUp(List<String> changes) {
        Map<String, Integer> sum = new TreeMap<>();
        for (String change : changes) {
            String row = change.substring(change.indexOf('|') + 1);
            sum.merge(row, change.startsWith("+") ? 1 : -1, (a, b) -> a + b == 0 ? null : a + b);
        }
        return sum;
    }
}
