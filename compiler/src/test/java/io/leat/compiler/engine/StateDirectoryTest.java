package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that keeps its state in a directory goes on from there by itself, or says why it does not. */
class StateDirectoryTest {
    private static final String TABLES = """
            CREATE TABLE r (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
              WITH (connector = 'filesystem', path = '${dir}/in', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE sums (k INT, s BIGINT) WITH (connector = 'filesystem', path = '${dir}/out/sums', format = 'json');
            CREATE TABLE seen (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/out/seen', format = 'json');
            """;
    private static final String SUMS = TABLES + """
            INSERT INTO seen SELECT k, v FROM r WHERE v > 2;
            INSERT INTO sums FROM r |> CALL TUMBLE(ts, INTERVAL '5' SECOND) |> AGGREGATE sum(v) AS s GROUP BY k, window_start |> SELECT k, s;
            """;
    private static final int ROWS = 60;
    /** One of so many bytes is damaged; 1 for all of them. */
    private static final int EVERY = Integer.getInteger("damage.every", 97);
    /** The disk stops at one of so many changes; 1 for each of them. */
    private static final int CRASH_EVERY = Integer.getInteger("crash.every", 5);

    private static final int EPOCHS = 4;

    @TempDir
    Path folder;

    private QueryRuns runs;

    @BeforeEach
    void write() throws IOException {
        runs = new QueryRuns(new TickingClock(0), folder);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            lines.add("{\"k\":" + row % 7 + ",\"v\":" + row % 11 + ",\"ts\":\"2026-01-01T00:00:0" + row / 6 + "\"}");
        }
        Files.createDirectories(folder.resolve("in"));
        Files.write(folder.resolve("in/a.json"), lines);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    private JobOptions options(int epochMillis) {
        JobSettings settings = JobSettings.NONE.withBatchRows(3).withEpochMillis(epochMillis);
        return runs.options(settings, ResultReceiver.ignoring()).withState(folder.resolve("state"));
    }

    /** Runs for so many epochs, of a batch each, or to the end. */
    private JobReport run(String query, long epochs) {
        CompiledJob job = QueryRuns.compile(query, 1);
        try (Job running = runs.start(job, options(0).stoppingAfter(epochs))) {
            return running.await();
        }
    }

    /** Runs to the end. */
    private void runOn(String query) {
        try (Job running = runs.start(QueryRuns.compile(query, 1), options(1000))) {
            running.await();
        }
    }

    private String refused(String query) {
        CompiledJob job = QueryRuns.compile(query, 1);
        try (Job running = runs.start(job, options(0))) {
            return assertThrows(RuntimeException.class, running::await).getMessage();
        }
    }

    /** All rows that are seen in the tables. */
    private List<String> seen() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("sums", "seen")) {
            Path directory = folder.resolve("out/" + table);
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.list(directory)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        Files.readAllLines(file).forEach(row -> rows.add(table + " " + row));
                    }
                }
            }
        }
        return rows;
    }

    @Test
    void aJobGoesOnWhereItStopped() throws IOException {
        JobReport first = run(SUMS, 5);
        List<String> begun = seen();
        assertFalse(begun.isEmpty());
        assertTrue(
                first.notes().get(0).endsWith("up to epoch 5: start it again to go on"),
                first.notes().toString());

        while (run(SUMS, 3).notes().stream().anyMatch(note -> note.contains("to go on"))) {
            assertEquals(
                    begun,
                    seen().stream().filter(begun::contains).limit(begun.size()).toList());
        }

        List<String> rows = seen();
        assertEquals(
                ROWS - ROWS / 11 * 3 - 3,
                rows.stream().filter(row -> row.startsWith("seen")).count());
        assertEquals(14, rows.stream().filter(row -> row.startsWith("sums")).count());
        JobReport again = run(SUMS, 3);
        assertTrue(
                again.notes().get(0).contains("has come to its end"),
                again.notes().toString());
        assertEquals(rows, seen());
    }

    @Test
    void onlyWhatTheLastTwoStatesNeedIsKept() throws IOException {
        run(SUMS, 8);
        assertEquals(1, count("BASE"));
        assertEquals(7, count("DELTA"));
        assertEquals(3, count("DEC")); // two decisions, and that the last one was shown
        run(SUMS, 2);
        assertEquals(1, count("BASE")); // a start goes on behind what it has restored
        assertEquals(9, count("DELTA"));
        assertEquals(1, count("GEN"));
    }

    @Test
    void filesOfStateAreMergedWhileRowsAreRead() throws IOException {
        run(SUMS, 4);
        List<String> before = files();
        JobOptions merging = options(0).mergingStatesAfter(2).stoppingAfter(8);
        JobReport report;
        int most = 0;
        boolean merged = false;
        do {
            try (Job running = runs.start(QueryRuns.compile(SUMS, 1), merging)) {
                report = running.await();
            }
            most = Math.max(most, count("BASE") + count("DELTA"));
            merged |= files().stream().anyMatch(file -> file.endsWith(".merged"));
        } while (report.notes().stream().anyMatch(note -> note.contains("to go on")));
        assertTrue(merged);
        assertTrue(files().stream().noneMatch(before::contains), "what was merged is deleted");
        assertTrue(most <= 14, most + " files"); // those of the last two epochs, and what is merged into
        List<String> rows = seen();
        assertEquals(14, rows.stream().filter(row -> row.startsWith("sums")).count());
        assertEquals(
                ROWS - ROWS / 11 * 3 - 3,
                rows.stream().filter(row -> row.startsWith("seen")).count());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("\\d+-\\d+.*"))
                    .sorted()
                    .toList();
        }
    }

    private int count(String directory) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("state/" + directory))) {
            return (int) files.count();
        }
    }

    @Test
    void anotherQueryIsRefused() {
        run(SUMS, 4);
        String message = refused(SUMS.replace("sum(v)", "max(v)").replace("s BIGINT", "s INT"));
        assertTrue(
                message.contains(
                        "the query does not go on with the state of the one before: aggregate-1 (sums): 'aggregate 1'"
                                + " is MAX(INT) in "),
                message);
        runOn(SUMS);
        assertEquals(message, refused(SUMS.replace("sum(v)", "max(v)").replace("s BIGINT", "s INT")));
    }

    @Test
    void aDirectoryThatIsInUseIsRefused() throws InterruptedException {
        String endless =
                "CREATE TABLE g (v INT) WITH (connector = 'datagen', 'rows-per-second' = '1000'); SELECT v FROM g;";
        CompiledJob job = QueryRuns.compile(endless, 1);
        try (Job running = runs.start(job, options(1000))) {
            while (!Files.exists(folder.resolve("state/IDENTITY"))) {
                Thread.sleep(1);
            }
            assertTrue(refused(endless).contains("is in use: another process runs the job"));
            running.drain();
            running.await();
        }
    }

    @Test
    void aDirectoryOfSomethingElseIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(folder.resolve("state/notes.txt"), "mine");
        assertTrue(refused(SUMS).contains("is no state directory: it has 'notes.txt'"));
    }

    @Test
    void anOlderCopyIsRefused() throws IOException {
        run(SUMS, 3);
        copy(folder.resolve("state"), folder.resolve("older"));
        run(SUMS, 3);
        delete(folder.resolve("state"));
        copy(folder.resolve("older"), folder.resolve("state"));
        assertTrue(refused(SUMS).contains("is of a later epoch than 3"));
    }

    @Test
    void aLostDirectoryDoesNotWriteRowsTwice() throws IOException {
        run(SUMS, 3);
        delete(folder.resolve("state"));
        runs.close();
        runs = new QueryRuns(new TickingClock(1_000), folder); // by another clock, another job
        assertTrue(refused(SUMS).contains("holds rows of another run, such as"));
    }

    @Test
    void oneFileIsNoTableOfEpochs() {
        assertTrue(refused(SUMS.replace("out/seen", "out/seen.json"))
                .contains("is one file, which cannot grow epoch by epoch"));
    }

    /** The disk refuses a change: the run fails, and the next one goes on as if nothing had happened. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whateverChangeOfTheDiskFailsMakesNoDifference(boolean forEver) throws IOException {
        assertMakesNoDifference(forEver, options(0).stoppingAfter(EPOCHS), 0);
    }

    /** What fails while files are merged ends the run only if it still needs the file. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whateverChangeOfTheDiskFailsWhileFilesAreMergedMakesNoDifference(boolean forEver) throws IOException {
        assertMakesNoDifference(forEver, options(0).mergingStatesAfter(1).stoppingAfter(3 * EPOCHS), 1);
    }

    private void assertMakesNoDifference(boolean forEver, JobOptions options, int unnoticed) throws IOException {
        runOn(SUMS);
        List<String> expected = seen().stream().sorted().toList();
        int failures = 0;
        boolean refused = true;
        for (int changes = 0; refused; changes += CRASH_EVERY) {
            delete(folder.resolve("state"));
            delete(folder.resolve("out"));
            int failuresBefore = failures;
            CrashingDisk disk = new CrashingDisk(changes, forEver);
            Platform platform = new Platform(new TickingClock(0), disk.disk(), Threads.system());
            try (QueryRuns crashing = new QueryRuns(platform, folder);
                    Job running = crashing.start(QueryRuns.compile(SUMS, 1), options)) {
                running.await();
            } catch (StateException | ConnectorException e) {
                assertTrue(e.getMessage().contains("crashed"), e.getMessage());
                failures++;
            }
            refused = disk.crashed();
            // Whatever fails, a sync above all, ends the run: the next try could lie.
            int missed = (refused ? failuresBefore + 1 : failuresBefore) - failures;
            assertTrue(missed >= 0 && missed <= unnoticed, "failed at change " + changes);
            runOn(SUMS);
            assertEquals(expected, seen().stream().sorted().toList(), "failed at change " + changes);
        }
        assertTrue(failures > 10, failures + " failures");
    }

    /** A flipped bit or a cut file is refused with its name, or makes no difference. */
    @Test
    void damageIsRefusedOrMakesNoDifference() throws IOException {
        run(SUMS, 4);
        copy(folder.resolve("state"), folder.resolve("good/state"));
        copy(folder.resolve("out"), folder.resolve("good/out"));
        runOn(SUMS);
        List<String> expected = seen();
        Random random = new Random(1);
        int refused = 0;
        for (Path file : files(folder.resolve("good/state"))) {
            byte[] whole = Files.readAllBytes(file);
            for (int at = random.nextInt(EVERY); at < whole.length; at += EVERY) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                refused += damaged(file, flipped, expected, "bit flipped at " + at);
                refused += damaged(file, Arrays.copyOf(whole, at), expected, "cut at " + at);
            }
        }
        assertTrue(refused > 20, refused + " were refused");
    }

    /** Runs on with a damaged file; 1 if that is refused. */
    private int damaged(Path file, byte[] bytes, List<String> expected, String how) throws IOException {
        Path good = folder.resolve("good");
        for (String each : List.of("state", "out")) {
            delete(folder.resolve(each));
            copy(good.resolve(each), folder.resolve(each));
        }
        Path damaged = folder.resolve(good.relativize(file));
        Files.delete(damaged); // it may have two names
        Files.write(damaged, bytes);
        try {
            runOn(SUMS);
        } catch (StateException | ConnectorException e) {
            assertTrue(e.getMessage().contains(damaged.toString()), how + ": " + e.getMessage());
            return 1;
        }
        assertEquals(expected, seen(), damaged + " " + how);
        return 0;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.sorted((left, right) -> right.compareTo(left)).toList()) {
                Files.delete(file);
            }
        }
    }
}
