package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.ResultReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clock of the machine is set back while a job stands that keeps its state. To the job no time goes back: no window is shown a second
 * time, and no row is in one that was over before it was read.
 */
class ClockSetBackTest {
    private static final long SECOND = 1_000_000;
    private static final int ROWS = 90;
    private static final int KEYS = 4;
    private static final Pattern RESULT =
            Pattern.compile("\\{\"k\":(\\d+),\"n\":(\\d+),\"b\":(\\d+),\"first\":(\\d+),\"last\":(\\d+)}");
    private static final String QUERY = """
            CREATE TABLE r (k INT, p AS PROCTIME())
              WITH (connector = 'filesystem', path = '${dir}/in', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE o (k INT, n BIGINT, b BIGINT, first BIGINT, last BIGINT)
              WITH (connector = 'filesystem', path = '${dir}/out', format = 'json');
            INSERT INTO o SELECT k, COUNT(*), TIMESTAMPDIFF(SECOND, TIMESTAMP_LTZ '2026-06-01 00:00:00', window_start),
                TIMESTAMPDIFF(SECOND, TIMESTAMP_LTZ '2026-06-01 00:00:00', MIN(p)),
                TIMESTAMPDIFF(SECOND, TIMESTAMP_LTZ '2026-06-01 00:00:00', MAX(p))
              FROM TABLE(TUMBLE(TABLE r, DESCRIPTOR(p), INTERVAL '4' SECOND)) GROUP BY k, window_start;
            """;

    @TempDir
    Path folder;

    /**
     * @param result a key, how many rows, when the window began, and the times of its first and last row, in seconds of the day
     */
    private record Result(int key, long rows, long begin, long first, long last) {
        static Result of(String line) {
            Matcher found = RESULT.matcher(line);
            assertTrue(found.matches(), line);
            return new Result(
                    Integer.parseInt(found.group(1)),
                    Long.parseLong(found.group(2)),
                    Long.parseLong(found.group(3)),
                    Long.parseLong(found.group(4)),
                    Long.parseLong(found.group(5)));
        }
    }

    private void run(long startMicros, long epochs) {
        JobSettings settings = JobSettings.NONE.withBatchRows(3).withEpochMillis(0);
        try (QueryRuns runs = new QueryRuns(new EpochTicks(startMicros, SECOND), folder)) {
            JobOptions options = runs.options(settings, ResultReceiver.ignoring())
                    .withState(folder.resolve("state"))
                    .stoppingAfter(epochs);
            try (Job job = runs.start(QueryRuns.compile(QUERY, 1), options)) {
                job.await();
            }
        }
    }

    private List<Result> results() throws IOException {
        List<Result> results = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.readAllLines(file).forEach(line -> results.add(Result.of(line)));
            }
        }
        return results;
    }

    @Test
    void noTimeGoesBackOverARestart() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            lines.add("{\"k\":" + row % KEYS + "}");
        }
        Files.createDirectories(folder.resolve("in"));
        Files.write(folder.resolve("in/a.json"), lines);

        run(EpochTicks.START_MICROS, 12);
        List<Result> before = results();
        assertTrue(before.size() > KEYS, before.toString());
        long clock = before.stream().mapToLong(Result::last).max().orElseThrow();
        // An hour back, then a little further back, and forward again by more than it stood.
        run(EpochTicks.START_MICROS - 3_600 * SECOND, 4);
        run(EpochTicks.START_MICROS - 3_700 * SECOND, 4);
        assertTrue(results().containsAll(before));
        run(EpochTicks.START_MICROS + 3_600 * SECOND, Long.MAX_VALUE);

        List<Result> after = results();
        assertEquals(ROWS, after.stream().mapToLong(Result::rows).sum());
        TreeSet<String> windows = new TreeSet<>();
        for (Result each : after) {
            assertTrue(windows.add(each.key() + " " + each.begin()), "a window is shown twice: " + each);
            boolean within = each.begin() <= each.first() && each.last() < each.begin() + 4;
            assertTrue(within, "rows of a window lie within it: " + each);
            assertTrue(before.contains(each) || each.last() >= clock, each + " is before " + clock);
        }
        assertTrue(after.stream().anyMatch(each -> each.begin() > clock + 3_000), after.toString());
    }
}
