package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import io.leat.runtime.connector.file.log.LoggedFile;
import io.leat.runtime.connector.file.log.LoggedRows;
import io.leat.runtime.connector.file.log.TableLog;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A job that writes a table with a log is killed again and again, and so is one that follows the log meanwhile. Each row of the input is two rows
 * of the table, in the same epoch and often in different files: a reader that sees one of them without the other has seen half an epoch.
 */
class KilledLogTest {
    private static final int KILLS = Integer.getInteger("kill.runs", 5);
    private static final long SEED = Long.getLong("kill.seed", 1);
    private static final int ROWS = Math.max(60_000, 6_000 * KILLS);
    private static final int MOST_EPOCHS = 6;
    private static final long PATIENCE_SECONDS = 120;

    private static final String PAIRS = """
            CREATE TABLE pairs (id BIGINT, side STRING)
              WITH (connector = 'filesystem', path = '${dir}/pairs', format = '${format}', 'log' = 'true', ${more});
            """;
    private static final String WRITE = PAIRS.replace("${more}", "'sink.rolling-policy.file-size' = '1 kb'") + """
            CREATE TABLE rows (id BIGINT) WITH (connector = 'filesystem', path = '${dir}/rows', format = 'csv', 'scan.mode' = 'stream');
            INSERT INTO pairs SELECT id, 'a' FROM rows UNION ALL SELECT id, 'b' FROM rows;
            """;
    private static final String FOLLOW = PAIRS.replace("${more}", "'scan.mode' = 'stream'") + """
            CREATE TABLE copied (id BIGINT, side STRING)
              WITH (connector = 'filesystem', path = '${dir}/copied', format = '${format}', 'log' = 'true');
            INSERT INTO copied SELECT id, side FROM pairs;
            """;
    private static final String LOOK = PAIRS.replace("${more}", "'scan.mode' = 'bounded'") + """
            SELECT count(*) AS ids, count(*) FILTER (WHERE n <> 2 OR sides <> 2) AS halves
              FROM (SELECT id, count(*) AS n, count(DISTINCT side) AS sides FROM pairs GROUP BY id);
            """;

    @TempDir
    Path directory;

    private String format;
    private int rows;

    private void write() throws IOException {
        for (int file = 0; file < 2; file++) {
            List<String> lines = new ArrayList<>();
            for (int row = file; row < rows; row += 2) {
                lines.add(Integer.toString(row));
            }
            Path place = directory.resolve("rows/" + file + ".csv");
            Files.createDirectories(place.getParent());
            Files.write(place, lines);
        }
    }

    /** A job that is killed now and then, by whoever looks at it. */
    private final class Killed {
        private final String name;
        private final String file;
        private final StateWatch watch;
        private final Random random;
        private int kills;

        Killed(String name, String query, long seed) {
            this.name = name;
            this.file = new Shell(directory).file(name + ".sql", query.replace("${format}", format));
            this.watch = new StateWatch(directory.resolve("state-" + name), PATIENCE_SECONDS);
            this.random = new Random(seed);
        }

        private Path errors() {
            return directory.resolve(name + ".txt");
        }

        private Process start() throws IOException {
            return Processes.leat(
                            "run",
                            file,
                            "-D",
                            "dir=" + directory,
                            "--state",
                            directory.resolve("state-" + name).toString(),
                            "--epoch",
                            "10ms",
                            "--batch-rows",
                            "64",
                            "--parallelism",
                            "2")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(errors().toFile())
                    .start();
        }

        /** Kills it, unless it ends before, behind some more epochs; whether it was killed. */
        private boolean kill(Process process) throws IOException, InterruptedException {
            if (watch.waitFor(process, watch.decided() + 1 + random.nextInt(MOST_EPOCHS))) {
                Thread.sleep(random.nextInt(30));
            }
            boolean killed = process.isAlive();
            process.destroyForcibly().waitFor();
            kills += killed ? 1 : 0;
            return killed;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "parquet"})
    void aReaderSeesWholeEpochsOnly(String written) throws Exception {
        format = written;
        // Files of Parquet take longer to read and write: as many epochs come of fewer rows.
        rows = format.equals("parquet") ? ROWS / 3 : ROWS;
        write();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> looks = CompletableFuture.supplyAsync(() -> lookUntil(over));
        Killed follower = new Killed("follow", FOLLOW, SEED + 1);
        CompletableFuture<Void> following = CompletableFuture.runAsync(() -> follow(follower, over));
        Killed writer = new Killed("write", WRITE, SEED);
        boolean more = true;
        while (more) {
            Process process = writer.start();
            if (writer.kills < KILLS) {
                more = writer.kill(process);
            } else {
                assertTrue(process.waitFor(5, TimeUnit.MINUTES), "still running");
                more = false;
            }
            assertTrue(more || process.exitValue() == 0, () -> errors(writer));
        }
        assertTrue(writer.kills > 0, "it was never killed");
        List<String> pairs = LoggedRows.of(directory.resolve("pairs"));
        assertEquals(2 * rows, pairs.size(), "each row once, after " + writer.kills + " kills with seed " + SEED);
        over.set(true);
        assertTrue(looks.get(5, TimeUnit.MINUTES) > 2, "hardly any looks");
        following.get(5, TimeUnit.MINUTES);
        assertTrue(follower.kills > 0, "the follower was never killed");
        assertEquals(
                pairs,
                LoggedRows.of(directory.resolve("copied")),
                "in the order of the log, after " + follower.kills + " kills");
        assertHalvesCouldBeSeen();
        assertFalse(
                Files.exists(TableLog.directory(directory.resolve("pairs")).resolve("0000000001.json")),
                "the log was never cleaned up");
        assertDuckDbReadsTheList(pairs);
    }

    private static String errors(Killed job) {
        try {
            return Files.readString(job.errors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks again and again; answers how often there was something to see. */
    private int lookUntil(AtomicBoolean over) {
        String query = new Shell(directory).file("look.sql", LOOK.replace("${format}", format));
        int looks = 0;
        long before = 0;
        while (!over.get()) {
            if (log("pairs").isEmpty()) {
                continue;
            }
            Outcome outcome = new Shell(directory).call("run", query, "-D", "dir=" + directory);
            assertEquals(0, outcome.exitCode(), outcome.errors());
            String[] numbers =
                    outcome.output().replaceAll("[^0-9,]", "").strip().split(",");
            assertEquals("0", numbers[1], "half an epoch: " + outcome.output());
            long ids = Long.parseLong(numbers[0]);
            assertTrue(ids >= before, "there were " + before + " ids, and now there are " + ids);
            looks += ids > before ? 1 : 0;
            before = ids;
            assertNothingIsEarly();
        }
        return looks;
    }

    /** What a listing of the directory shows counts already, and what the list of files names is there. */
    private void assertNothingIsEarly() {
        try {
            Path table = directory.resolve("pairs");
            List<String> listed;
            try (Stream<Path> files = Files.list(table)) {
                listed = files.map(file -> file.getFileName().toString())
                        .filter(name -> name.startsWith("part-"))
                        .toList();
            }
            TableLog log = log("pairs").orElseThrow();
            listed.forEach(name -> assertTrue(log.names(name), name + " is early"));
            List<String> list = Files.readAllLines(table.resolve("_files.csv"));
            for (String line : list.subList(1, list.size())) {
                assertTrue(Files.exists(table.resolve(line.split(",")[0])), line + " is not there yet");
            }
        } catch (NoSuchFileException e) {
            // The first writer is about to make the list.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void follow(Killed follower, AtomicBoolean over) {
        try {
            while (log("pairs").isEmpty()) {
                Thread.sleep(5);
            }
            boolean all = false;
            while (!all) {
                Process process = follower.start();
                if (!over.get() && follower.kills < KILLS) {
                    assertTrue(follower.kill(process), () -> errors(follower));
                    continue;
                }
                long start = System.nanoTime();
                while (!(over.get() && LoggedRows.count(directory.resolve("copied")) >= 2 * rows)) {
                    assertTrue(process.isAlive(), () -> errors(follower));
                    boolean late = System.nanoTime() - start > TimeUnit.SECONDS.toNanos(2 * PATIENCE_SECONDS);
                    assertTrue(!late, "it does not come to the end of the log");
                    Thread.sleep(50);
                }
                follower.kills++;
                process.destroyForcibly().waitFor();
                all = true;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<TableLog> log(String table) {
        return TableLog.open(Disk.system(), directory.resolve(table));
    }

    /** Otherwise it would prove nothing that nobody has seen any. */
    private void assertHalvesCouldBeSeen() {
        TableLog log = log("pairs").orElseThrow();
        assertTrue(log.files().size() > log.version(), "each entry has one file");
        int halves = 0;
        for (LoggedFile file : log.files()) {
            Map<String, Integer> sides = new HashMap<>();
            LoggedRows.ofFile(log, file).forEach(row -> sides.merge(row.split(",")[0], 1, Integer::sum));
            halves += sides.containsValue(1) ? 1 : 0;
        }
        assertTrue(halves > 0, "no file has one row of two");
    }

    private void assertDuckDbReadsTheList(List<String> pairs) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            String table = directory.resolve("pairs") + "/";
            statement.execute(
                    "SET VARIABLE files = (SELECT list('" + table + "' || path) FROM '" + table + "_files.csv')");
            try (ResultSet row =
                    statement.executeQuery("SELECT id, side FROM read_" + format + "(getvariable('files'))")) {
                while (row.next()) {
                    found.add("{\"id\":" + row.getLong(1) + ",\"side\":\"" + row.getString(2) + "\"}");
                }
            }
        }
        assertEquals(pairs.stream().sorted().toList(), found.stream().sorted().toList());
    }
}
