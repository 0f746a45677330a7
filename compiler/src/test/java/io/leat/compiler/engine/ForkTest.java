package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.file.log.TableLog;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.epoch.StateFork;
import io.leat.runtime.epoch.StateFork.Done;
import io.leat.runtime.epoch.StateFork.LaterRows;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job goes back on purpose: another one begins with the state that it had. */
class ForkTest {
    private static final String QUERY = """
            CREATE TABLE r (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
              WITH (connector = 'filesystem', path = '${dir}/in', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE sums (k INT, s BIGINT) WITH (connector = 'filesystem', path = '${dir}/out/sums', format = 'json');
            CREATE TABLE seen (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/out/seen', format = 'json');
            INSERT INTO seen SELECT k, v FROM r;
            INSERT INTO sums FROM r |> CALL TUMBLE(ts, INTERVAL '5' SECOND) |> AGGREGATE sum(v) AS s GROUP BY k, window_start |> SELECT k, s;
            """;
    private static final int ROWS = 60;
    private static final int EPOCHS = 5;

    @TempDir
    Path folder;

    private StateRuns runs;

    @BeforeEach
    void write() throws IOException {
        runs = new StateRuns(folder);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            lines.add("{\"k\":" + row % 7 + ",\"v\":" + row + ",\"ts\":\"2026-01-01T00:00:0" + row / 6 + "\"}");
        }
        Files.createDirectories(folder.resolve("in"));
        Files.write(folder.resolve("in/a.json"), lines);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    private Done fork(String to, OptionalLong epoch, Optional<LaterRows> rows) {
        return new StateFork(Platform.system()).fork(folder.resolve("state"), folder.resolve(to), epoch, rows);
    }

    private String refused(String to, OptionalLong epoch) {
        return assertThrows(StateException.class, () -> fork(to, epoch, Optional.empty()))
                .getMessage();
    }

    private void runFork() {
        runs.run(QUERY, runs.toTheEnd().withState(folder.resolve("fork")));
    }

    @Test
    void beginsWithTheLastStateAndShowsWhatFollows() throws IOException {
        List<String> expected = runs.undisturbed(QUERY, "seen", "sums");
        runs.run(QUERY, runs.epochs(EPOCHS));
        Done done = fork("fork", OptionalLong.empty(), Optional.empty());
        assertEquals(EPOCHS, done.epoch());
        runFork();
        assertEquals(expected, runs.rows("seen", "sums"));
    }

    @Test
    void rowsOfLaterEpochsAreSetAside() throws IOException {
        List<String> expected = runs.undisturbed(QUERY, "seen", "sums");
        runs.run(QUERY, runs.epochs(EPOCHS));
        List<String> all = runs.rows("seen");
        Done done = fork("fork", OptionalLong.of(EPOCHS - 1), Optional.of(LaterRows.SET_ASIDE));
        assertEquals(1, done.setAside().size());
        Path file = folder.resolve("out/seen/_set-aside")
                .resolve(done.setAside().get(0).getFileName());
        assertEquals(EPOCHS, Long.parseLong(file.getFileName().toString().split("-")[2]));
        List<String> left = new ArrayList<>(runs.rows("seen"));
        Files.readAllLines(file).forEach(row -> left.add("seen " + row));
        left.sort(null);
        assertEquals(all, left);
        runFork();
        assertEquals(expected, runs.rows("seen", "sums"));
    }

    /** Readers of a log may stand on what would be taken away. */
    @Test
    void rowsInALogAreNotSetAside() throws IOException {
        String logged = QUERY.replace("out/seen', format = 'json'", "out/seen', format = 'json', 'log' = 'true'");
        runs.run(logged, runs.epochs(EPOCHS));
        List<String> all = runs.rows("seen");
        String refused = assertThrows(
                        StateException.class,
                        () -> fork("fork", OptionalLong.of(EPOCHS - 1), Optional.of(LaterRows.SET_ASIDE)))
                .getMessage();
        assertTrue(
                refused.endsWith(
                        "in seen are in the log of that table, from which nothing is taken back: use --rows keep"),
                refused);
        assertEquals(all, runs.rows("seen"));
        long entries = version();
        fork("fork", OptionalLong.of(EPOCHS - 1), Optional.of(LaterRows.KEEP));
        runs.run(logged, runs.toTheEnd().withState(folder.resolve("fork")));
        assertEquals(entries + 1, version(), "the new job goes on in the same log");
    }

    private long version() {
        return TableLog.open(Disk.system(), folder.resolve("out/seen"))
                .orElseThrow()
                .version();
    }

    @Test
    void rowsOfLaterEpochsThatAreKeptComeAgain() throws IOException {
        List<String> expected = runs.undisturbed(QUERY, "seen", "sums");
        runs.run(QUERY, runs.epochs(EPOCHS - 1));
        List<String> before = runs.rows("seen");
        runs.run(QUERY, runs.epochs(1));
        List<String> later = new ArrayList<>(runs.rows("seen"));
        before.forEach(later::remove);
        fork("fork", OptionalLong.of(EPOCHS - 1), Optional.of(LaterRows.KEEP));
        runFork();
        List<String> twice = new ArrayList<>(expected);
        twice.addAll(later);
        twice.sort(null);
        assertEquals(twice, runs.rows("seen", "sums"));
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertTrue(refused("fork", OptionalLong.empty()).endsWith("is no state directory: it has no 'IDENTITY'"));
        runs.run(QUERY, runs.epochs(EPOCHS));
        assertTrue(
                refused("fork", OptionalLong.of(2)).endsWith("has no state of epoch 2: it has that of epochs 4 to 5"));
        assertEquals(
                "later epochs have shown 3 rows in seen: say what becomes of them with --rows keep or --rows set-aside",
                refused("fork", OptionalLong.of(EPOCHS - 1)));
        assertTrue(refused("state", OptionalLong.empty()).contains("is the state directory of a job already"));
        Files.delete(folder.resolve("state/DEC/" + EPOCHS + ".shown"));
        assertTrue(refused("fork", OptionalLong.empty()).contains("may wait to be shown: start the job of"));
    }
}
