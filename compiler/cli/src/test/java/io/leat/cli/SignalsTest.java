package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.leat.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job with a state directory that is asked to end, by real signals: the running epoch is its last one, and what its tables show in the end
 * is what one run shows that nobody disturbs.
 */
class SignalsTest {
    private static final long PATIENCE_SECONDS = 120;
    private static final int ROWS = 200_000;
    private static final String QUERY = """
            CREATE TABLE g (id BIGINT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
              WITH (connector = 'datagen', seed = '7', 'number-of-rows' = '%d', 'rows-per-second' = '${pace}', partitions = '3',
                'fields.id.min' = '0', 'fields.id.max' = '4', 'fields.v.min' = '0', 'fields.v.max' = '9', 'event-time.step' = '5 ms',
                'event-time.jitter' = '800 ms');
            CREATE TABLE totals (window_start TIMESTAMP(3), id BIGINT, n BIGINT, total BIGINT)
              WITH (connector = 'filesystem', path = '${dir}/totals', format = 'json');
            CREATE TABLE seen (id BIGINT, v INT, ts TIMESTAMP(3)) WITH (connector = 'filesystem', path = '${dir}/seen', format = 'csv');
            INSERT INTO totals FROM g |> CALL TUMBLE(ts, INTERVAL '10' SECOND)
              |> AGGREGATE count(*) AS n, sum(v) AS total GROUP BY window_start, id |> SELECT window_start, id, n, total;
            INSERT INTO seen SELECT id, v, ts FROM g WHERE v = 3;
            """.formatted(ROWS);

    @TempDir
    Path directory;

    private Path errors;

    private Process start() throws IOException {
        return Processes.leat(
                        "run",
                        directory.resolve("q.sql").toString(),
                        "-Ddir=" + directory.resolve("out"),
                        "-Dpace=50000",
                        "--state",
                        directory.resolve("state").toString(),
                        "--epoch",
                        "20ms",
                        "--parallelism",
                        "2")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
    }

    private String end(Process process) throws InterruptedException, IOException {
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "still running");
        return Files.readString(errors);
    }

    @Test
    void aSignalEndsTheEpochAndTheNextRunGoesOn() throws IOException, InterruptedException {
        assumeFalse(Processes.ignores("INT") || Processes.ignores("TERM"), "signals are ignored here");
        errors = directory.resolve("errors.txt");
        Shell shell = new Shell(directory);
        String file = shell.file("q.sql", QUERY);
        Outcome whole = shell.call("run", file, "-Ddir=" + directory.resolve("whole"), "-Dpace=0");
        assertEquals(0, whole.exitCode(), whole.errors());
        StateWatch watch = new StateWatch(directory.resolve("state"), PATIENCE_SECONDS);

        for (String signal : List.of("TERM", "INT")) {
            Process process = start();
            assertTrue(watch.waitFor(process, watch.decided() + 5), () -> "it has ended");
            Processes.signal(process, signal);
            String said = end(process);

            assertEquals(0, process.exitValue(), said);
            assertTrue(said.contains("stopping: what was read is worked off"), said);
            assertTrue(said.contains("start it again to go on"), said);
            assertFalse(said.contains("discarded"), said); // windows that are open stay open
        }

        // Asked twice, it may not come to the end of the epoch, which the next run does anew.
        Process twice = start();
        assertTrue(watch.waitFor(twice, watch.decided() + 5), () -> "it has ended");
        Processes.signal(twice, "TERM");
        Processes.signal(twice, "TERM");
        String said = end(twice);
        assertTrue(List.of(0, 143).contains(twice.exitValue()), twice.exitValue() + " " + said);

        Process last = start();
        said = end(last);
        assertEquals(0, last.exitValue(), said);
        for (String table : List.of("totals", "seen")) {
            List<String> expected = StateWatch.rows(directory.resolve("whole/" + table));
            assertTrue(expected.size() > 500, table + " has " + expected.size() + " rows");
            assertEquals(expected, StateWatch.rows(directory.resolve("out/" + table)), table);
        }
    }
}
