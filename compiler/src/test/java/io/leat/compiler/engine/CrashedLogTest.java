package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.file.log.LoggedRows;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table with a log, whose disk refuses a change: what counts can be read then, and in the end each row is there once. */
class CrashedLogTest {
    private static final String QUERY = """
            CREATE TABLE r (v INT) WITH (connector = 'filesystem', path = '${dir}/in', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE copy (v INT) WITH (connector = 'filesystem', path = '${dir}/out/copy', format = '${format}', 'log' = 'true');
            CREATE TABLE even (v INT) WITH (connector = 'filesystem', path = '${dir}/out/even', format = '${format}', 'log' = 'true');
            INSERT INTO copy SELECT v FROM r;
            INSERT INTO even SELECT v FROM r WHERE v % 2 = 0;
            """;
    private static final int ROWS = 15;
    private static final int EPOCHS = 2;
    /** The disk stops at one of so many changes; 1 for each of them. */
    private static final int CRASH_EVERY = Integer.getInteger("crash.every", 7);

    @TempDir
    Path folder;

    private StateRuns runs;
    private List<String> rows;

    @BeforeEach
    void write() throws IOException {
        runs = new StateRuns(folder);
        rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add("{\"v\":" + row + "}");
        }
        Files.createDirectories(folder.resolve("in"));
        Files.write(folder.resolve("in/a.json"), rows);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    /** With a state each row is there once; without, a run that is started again writes all rows behind those that count. */
    @ParameterizedTest
    @CsvSource({
        "true, true, json",
        "false, true, json",
        "true, false, json",
        "false, false, json",
        "true, true, parquet",
        "false, true, parquet"
    })
    void whateverChangeOfTheDiskFails(boolean forEver, boolean withState, String format) throws IOException {
        String query = QUERY.replace("${format}", format);
        int failures = 0;
        boolean refused = true;
        for (int changes = 0; refused; changes += CRASH_EVERY) {
            CrashingDisk disk = new CrashingDisk(changes, forEver);
            Platform platform = new Platform(new TickingClock(changes), disk.disk(), Threads.system());
            try (QueryRuns crashing = new QueryRuns(platform, folder);
                    Job running = crashing.start(QueryRuns.compile(query, 1), options(crashing, withState))) {
                running.await();
            } catch (StateException | ConnectorException e) {
                assertTrue(e.getMessage().contains("crashed"), e.getMessage());
                failures++;
            }
            refused = disk.crashed();
            String when = "failed at change " + changes;
            List<String> counted = rowsOf("copy");
            assertEquals(rows.subList(0, counted.size()), counted, when);
            try (QueryRuns next = new QueryRuns(new TickingClock(1_000 + changes), folder);
                    Job running = next.start(QueryRuns.compile(query, 1), toTheEnd(next, withState))) {
                running.await();
            }
            List<String> expected = new ArrayList<>(withState ? List.of() : counted);
            expected.addAll(rows);
            assertEquals(expected, rowsOf("copy"), when);
            assertEquals(ROWS / 2 + 1, rowsOf("even").stream().distinct().count(), when);
            assertListIsWhole("copy");
            runs.delete("out");
            if (withState) {
                runs.delete("state");
            }
        }
        assertTrue(failures > 10, failures + " failures");
    }

    private JobOptions options(QueryRuns of, boolean withState) {
        JobOptions options =
                of.options(JobSettings.NONE.withBatchRows(3).withEpochMillis(0), ResultReceiver.ignoring());
        return withState ? options.withState(folder.resolve("state")).stoppingAfter(EPOCHS) : options;
    }

    private JobOptions toTheEnd(QueryRuns of, boolean withState) {
        JobOptions options =
                of.options(JobSettings.NONE.withBatchRows(3).withEpochMillis(1_000), ResultReceiver.ignoring());
        return withState ? options.withState(folder.resolve("state")) : options;
    }

    private List<String> rowsOf(String table) {
        return LoggedRows.of(folder.resolve("out/" + table));
    }

    private void assertListIsWhole(String table) throws IOException {
        Path directory = folder.resolve("out/" + table);
        List<String> found = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("_files.csv"))) {
            if (!line.startsWith("path,")) {
                found.addAll(LoggedRows.read(directory.resolve(line.split(",")[0])));
            }
        }
        assertFalse(found.isEmpty());
        assertEquals(rowsOf(table), found);
    }
}
