package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.local.Snapshot;
import io.leat.runtime.local.SnapshotException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job stops with all it keeps, and another one goes on from there, or is refused. */
class SnapshotTest {
    private static final String TABLE =
            "CREATE TABLE r (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/in',"
                    + " format = 'json', 'scan.mode' = 'stream');\n";
    private static final String SUMS = TABLE + "SELECT k, SUM(v) AS s, COUNT(DISTINCT v) AS d FROM r GROUP BY k;";
    private static final int ROWS = 200;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        for (int part = 0; part < 2; part++) {
            List<String> lines = new ArrayList<>();
            for (int row = part; row < ROWS; row += 2) {
                lines.add("{\"k\":" + row % 7 + ",\"v\":" + row % 11 + "}");
            }
            Files.write(folder.resolve("in/p" + part + ".json"), lines);
        }
    }

    /** The snapshot of a run that stops after so many batches of three rows. */
    private Snapshot stopped(QueryRuns runs, String query, int batches) {
        CompiledJob job = QueryRuns.compile(query, 1);
        JobOptions options = options(runs).stoppingAfter(batches);
        try (Job running = runs.start(job, options)) {
            running.await();
            return running.snapshot().orElseThrow();
        }
    }

    private static JobOptions options(QueryRuns runs) {
        return runs.options(JobSettings.NONE.withBatchRows(3).withEpochMillis(0), ResultReceiver.ignoring());
    }

    private static String refused(QueryRuns runs, String query, Snapshot snapshot) {
        try (Job running = runs.start(QueryRuns.compile(query, 1), options(runs).from(snapshot))) {
            return assertThrows(SnapshotException.class, running::await).getMessage();
        }
    }

    @Test
    void aSnapshotOfAnotherQueryIsRefused() {
        try (QueryRuns runs = new QueryRuns(new TickingClock(0), folder)) {
            Snapshot snapshot = stopped(runs, SUMS, 5);
            assertTrue(snapshot.entries() > 7);
            String otherSum = refused(runs, SUMS.replace("SUM(v)", "MAX(v)"), snapshot);
            assertTrue(otherSum.contains("aggregate-1 (query): 'aggregate 1' is MAX(INT) in "), otherSum);
            assertTrue(otherSum.contains(", and in the state SUM(BIGINT) in "), otherSum);
            String noGroups = refused(runs, TABLE + "SELECT k FROM r;", snapshot);
            assertTrue(noGroups.contains("deliver-1 (query): "), noGroups);
            String elsewhere = SUMS.replace("TABLE r", "TABLE q")
                    .replace("FROM r", "FROM q")
                    .replace("/in'", "/else'");
            String otherTable = refused(runs, elsewhere, snapshot);
            assertTrue(
                    otherTable.contains(
                            "deliver-1 (query): rebuilt, from all rows of q; rows that are in query already"),
                    otherTable);
        }
    }

    @Test
    void damagedBytesAreRefused() {
        try (QueryRuns runs = new QueryRuns(new TickingClock(0), folder)) {
            byte[] whole = stopped(runs, SUMS, 3).toBytes();
            Random random = new Random(1);
            for (int at = 0; at < whole.length; at++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                assertThrows(SnapshotException.class, () -> Snapshot.of(flipped), "bit flipped at " + at);
            }
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThrows(SnapshotException.class, () -> Snapshot.of(cut), "cut at " + length);
            }
            assertEquals(3 - 1, Snapshot.of(whole).epoch());
        }
    }

    @Test
    void aNewerVersionIsRefused() {
        try (QueryRuns runs = new QueryRuns(new TickingClock(0), folder)) {
            byte[] newer = stopped(runs, SUMS, 1).toBytes();
            newer[7]++; // behind four bytes that say what it is
            String message = assertThrows(SnapshotException.class, () -> Snapshot.of(newer))
                    .getMessage();
            assertTrue(
                    message.matches(
                            "the snapshot has version (\\d+), and this program reads versions \\d+ and \\d+: use the program"
                                    + " that wrote it"),
                    message);
        }
    }

    @Test
    void filesThatAreGoneOrNewAreNamed() throws IOException {
        try (QueryRuns runs = new QueryRuns(new TickingClock(0), folder)) {
            Snapshot snapshot = stopped(runs, SUMS, 3);
            Path one = folder.resolve("in/p1.json");
            Files.move(one, folder.resolve("p1.json"));
            assertTrue(refused(runs, SUMS, snapshot).contains("p1.json' of r is gone"));
            Files.move(folder.resolve("p1.json"), one);
        }
    }

    @Test
    void stopsWhenAskedAndGoesOn() {
        try (QueryRuns runs = new QueryRuns(new TickingClock(0), folder)) {
            String endless = "CREATE TABLE g (v INT) WITH (connector = 'datagen', 'rows-per-second' = '1000');"
                    + " SELECT v FROM g;";
            CompiledJob job = QueryRuns.compile(endless, 3);
            Snapshot snapshot;
            try (Job running = runs.start(job, JobSettings.NONE, ResultReceiver.ignoring())) {
                snapshot = running.stopWithSnapshot().orElseThrow();
                assertTrue(running.isEnded());
            }
            try (Job running = runs.start(job, options(runs).from(snapshot))) {
                assertTrue(running.stopWithSnapshot().orElseThrow().epoch() > snapshot.epoch());
            }
            // One that has come to its end has nothing to go on with.
            try (Job running = runs.start(QueryRuns.compile(SUMS, 1), JobSettings.NONE, ResultReceiver.ignoring())) {
                running.await();
                assertFalse(running.stopWithSnapshot().isPresent());
            }
        }
    }

    @Test
    void sinksHoldEachRowOnce() throws IOException {
        String in = "SELECT k, v FROM r;\n";
        String query = TABLE
                + "CREATE TABLE parts (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/parts', format = 'json');\n"
                + "CREATE TABLE one (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/one.csv', format = 'csv');\n"
                + "INSERT INTO parts " + in + "INSERT INTO one " + in;
        for (long seed = 1; seed <= 5; seed++) {
            try (QueryRuns runs = new QueryRuns(new TickingClock(1_000_000), folder)) {
                runs.runInPieces(
                        List.of(QueryRuns.compile(query, 1), QueryRuns.compile(query, 3)),
                        JobSettings.NONE.withBatchRows(7),
                        seed);
            }
            List<String> rows = new ArrayList<>();
            try (Stream<Path> files = Files.list(folder.resolve("parts"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    rows.addAll(Files.readAllLines(file));
                    Files.delete(file);
                }
            }
            assertEquals(ROWS, rows.size(), "seed " + seed);
            List<String> lines = Files.readAllLines(folder.resolve("one.csv"));
            assertEquals(ROWS, lines.size(), "seed " + seed);
            Files.delete(folder.resolve("one.csv"));
        }
    }

    @Test
    void compressedFilesAndMadeUpRows() throws IOException {
        Files.createDirectories(folder.resolve("gz"));
        for (int part = 0; part < 2; part++) {
            try (OutputStream out =
                    new GZIPOutputStream(Files.newOutputStream(folder.resolve("gz/p" + part + ".csv.gz")))) {
                out.write("k,v\n".getBytes(StandardCharsets.UTF_8));
                for (int row = part; row < ROWS; row += 2) {
                    out.write((row % 7 + "," + row + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        List<String> queries = List.of(
                "CREATE TABLE r (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/gz', format = 'csv');"
                        + " SELECT k, v FROM r;",
                "CREATE TABLE g (id BIGINT, a INT, t STRING) WITH (connector = 'datagen', 'number-of-rows' = '500');"
                        + " SELECT id, a, t FROM g;");
        try (QueryRuns runs = new QueryRuns(new TickingClock(1_000_000), folder)) {
            for (String query : queries) {
                CompiledJob job = QueryRuns.compile(query, 1);
                List<String> expected = runs.run(job, JobSettings.NONE).rows().sorted(0);
                for (long seed = 1; seed <= 5; seed++) {
                    QueryRuns.Outcome outcome = runs.runInPieces(List.of(job), JobSettings.NONE.withBatchRows(4), seed);
                    assertEquals(expected, outcome.rows().sorted(0), query + ", seed " + seed);
                }
            }
        }
    }
}
