package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job with a state directory is killed again and again, at any time: what its tables show in the end is what one run shows that nobody
 * disturbs. {@code -Dkill.runs=100 -Dkill.seed=7} goes on for longer, from other times.
 */
class KilledTest {
    private static final int KILLS = Integer.getInteger("kill.runs", 5);
    private static final long SEED = Long.getLong("kill.seed", 1);
    private static final int ROWS = Math.max(60_000, 6_000 * KILLS);
    private static final int MOST_EPOCHS = 6;
    private static final long PATIENCE_SECONDS = 120;

    private static final String QUERY = """
            CREATE TABLE trades (id BIGINT, symbol STRING, price BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
              WITH (connector = 'filesystem', path = '${dir}/trades', format = 'csv', 'scan.mode' = 'stream');
            CREATE TABLE quotes (quote BIGINT, symbol STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
              WITH (connector = 'filesystem', path = '${dir}/quotes', format = 'csv', 'scan.mode' = 'stream');
            CREATE TABLE totals (window_start TIMESTAMP(3), symbol STRING, n BIGINT, total BIGINT)
              WITH (connector = 'filesystem', path = '${dir}/${out}/totals', format = 'json');
            CREATE TABLE matched (id BIGINT, quote BIGINT, ts TIMESTAMP(3))
              WITH (connector = 'filesystem', path = '${dir}/${out}/matched', format = 'csv');
            CREATE TABLE counted (window_start TIMESTAMP(3), symbol STRING, n BIGINT, total BIGINT)
              WITH (connector = 'jdbc', url = '${url}', 'table-name' = '${out}.counted');
            CREATE TABLE latest (symbol STRING PRIMARY KEY NOT ENFORCED, n BIGINT, total BIGINT)
              WITH (connector = 'jdbc', url = '${url}', 'table-name' = '${out}.latest');
            INSERT INTO counted FROM trades |> CALL TUMBLE(ts, INTERVAL '5' SECOND)
              |> AGGREGATE count(*) AS n, sum(price) AS total GROUP BY window_start, symbol
              |> SELECT window_start, symbol, n, total;
            INSERT INTO latest SELECT symbol, count(*), sum(price) FROM trades GROUP BY symbol;
            INSERT INTO totals FROM trades |> CALL TUMBLE(ts, INTERVAL '5' SECOND)
              |> AGGREGATE count(*) AS n, sum(price) AS total GROUP BY window_start, symbol
              |> SELECT window_start, symbol, n, total;
            INSERT INTO matched SELECT t.id, q.quote, t.ts FROM trades AS t JOIN quotes AS q
              ON t.symbol = q.symbol AND q.ts BETWEEN t.ts - INTERVAL '1' SECOND AND t.ts WHERE t.id % 4 = 0;
            """;

    @TempDir
    Path directory;

    private OutDatabase database;

    @BeforeEach
    void create() throws IOException, InterruptedException, SQLException {
        database = OutDatabase.start(directory);
    }

    @AfterEach
    void stop() throws IOException {
        database.close();
    }

    /** Two files of trades and one of quotes, a little out of order. */
    @BeforeEach
    void write() throws IOException {
        Random random = new Random(SEED);
        for (String name : List.of("trades/a.csv", "trades/b.csv", "quotes/a.csv")) {
            List<String> lines = new ArrayList<>();
            boolean trades = name.startsWith("trades");
            lines.add(trades ? "id,symbol,price,ts" : "quote,symbol,ts");
            int first = name.contains("/b") ? 1 : 0;
            for (int row = first; row < ROWS; row += 2) {
                long millis = row * 20L + random.nextInt(900);
                String symbol = "s" + random.nextInt(9);
                lines.add(row + "," + symbol + (trades ? "," + random.nextInt(1000) : "") + "," + time(millis));
            }
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        }
    }

    private static String time(long millis) {
        return java.time.Instant.ofEpochMilli(1_767_225_600_000L + millis)
                .toString()
                .replace("Z", "");
    }

    @Test
    void whatIsShownIsWhatOneRunShows() throws IOException, InterruptedException, SQLException {
        String file = new Shell(directory).file("q.sql", QUERY);
        String dir = "dir=" + directory;
        Outcome whole =
                new Shell(directory).call("run", file, "-D", dir, "-D", "url=" + database.url(), "-D", "out=whole");
        assertEquals(0, whole.exitCode(), whole.errors());

        Random random = new Random(SEED);
        int kills = 0;
        Path errors = directory.resolve("errors.txt");
        StateWatch watch = new StateWatch(state(), PATIENCE_SECONDS);
        while (true) {
            Process process = Processes.leat(
                            "run",
                            file,
                            "-D",
                            dir,
                            "-D",
                            "url=" + database.url(),
                            "-D",
                            "out=out",
                            "--state",
                            state().toString(),
                            "--epoch",
                            "10ms",
                            "--batch-rows",
                            "64",
                            "--parallelism",
                            "2")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(errors.toFile())
                    .start();
            if (kills < KILLS && watch.waitFor(process, watch.decided() + 1 + random.nextInt(MOST_EPOCHS))) {
                Thread.sleep(random.nextInt(30));
            } else {
                assertTrue(process.waitFor(5, TimeUnit.MINUTES), "still running");
            }
            boolean killed = process.isAlive();
            process.destroyForcibly().waitFor();
            if (!killed) {
                assertEquals(0, process.exitValue(), Files.readString(errors));
                break;
            }
            kills++;
        }

        assertTrue(kills > 0, "it was never killed");
        assertSameRows(kills);
        Outcome again = new Shell(directory)
                .call(
                        "run",
                        file,
                        "-D",
                        dir,
                        "-D",
                        "url=" + database.url(),
                        "-D",
                        "out=out",
                        "--state",
                        state().toString());
        assertEquals(0, again.exitCode(), again.errors());
        assertTrue(again.errors().contains("has come to its end"), again.errors());
        assertSameRows(kills);
    }

    private Path state() {
        return directory.resolve("state");
    }

    private void assertSameRows(int kills) throws IOException, SQLException {
        for (String table : List.of("counted", "latest")) {
            List<String> expected = database.rows("whole", table);
            assertFalse(expected.isEmpty());
            assertEquals(
                    expected,
                    database.rows("out", table),
                    table + " after " + kills + " kills with seed " + SEED + " in " + database.url());
        }
        for (String table : List.of("totals", "matched")) {
            List<String> expected = StateWatch.rows(directory.resolve("whole/" + table));
            assertFalse(expected.isEmpty());
            assertEquals(
                    expected,
                    StateWatch.rows(directory.resolve("out/" + table)),
                    table + " after " + kills + " kills with seed " + SEED);
            Path staging = directory.resolve("out/" + table + "/_staging");
            if (Files.exists(staging)) {
                try (Stream<Path> waiting = Files.list(staging)) {
                    assertEquals(List.of(), waiting.toList());
                }
            }
        }
    }
}
