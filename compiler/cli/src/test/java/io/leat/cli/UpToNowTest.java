package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --until now} with {@code --state}: each run reads what has come since the one before, and what is open stays open. */
class UpToNowTest {
    private static final String TABLES = """
            CREATE TABLE r (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)
              WITH (connector = 'filesystem', path = '${dir}/in', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE sums (k INT, minute STRING, s BIGINT) WITH (connector = 'filesystem', path = '${dir}/sums', format = 'json');
            """;
    private static final String WINDOWS = TABLES + """
            INSERT INTO sums FROM r |> CALL TUMBLE(ts, INTERVAL '1' MINUTE) |> AGGREGATE sum(v) AS s GROUP BY k, window_start
              |> SELECT k, date_format(window_start, 'HH:mm') AS minute, s;
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectory(directory.resolve("in"));
    }

    private void file(String name, String... rows) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String row : rows) {
            String[] values = row.split(" ");
            lines.add("{\"k\":" + values[0] + ",\"v\":" + values[1] + ",\"ts\":\"2026-01-01T" + values[2] + "\"}");
        }
        Files.write(directory.resolve("in/" + name), lines);
    }

    private Outcome run(String query, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--state", directory.resolve("state").toString()));
        arguments.addAll(List.of(more));
        Outcome outcome = new Shell(directory)
                .run(query.replace("${dir}", directory.toString()), arguments.toArray(String[]::new));
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome;
    }

    private Outcome upToNow(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--until", "now"));
        arguments.addAll(List.of(more));
        return run(WINDOWS, arguments.toArray(String[]::new));
    }

    private List<String> sums() throws IOException {
        return StateWatch.rows(directory.resolve("sums"));
    }

    private static String sum(int k, String minute, int s) {
        return "{\"k\":" + k + ",\"minute\":\"" + minute + "\",\"s\":" + s + "}";
    }

    @Test
    void filesThatComeLaterAreReadByTheNextRun() throws IOException {
        file("a.json", "1 10 10:00:10", "1 20 10:01:06");
        Outcome first = upToNow();
        assertTrue(first.errors().contains("start it again to go on"), first.errors());
        assertEquals(List.of(sum(1, "10:00", 10)), sums());

        Outcome nothing = upToNow();
        assertEquals(List.of(sum(1, "10:00", 10)), sums());

        // The first row is behind the watermark, which has stayed where it was.
        file("b.json", "1 1 10:00:59", "1 30 10:01:01", "1 40 10:02:05");
        Outcome second = upToNow();
        assertTrue(second.errors().contains("1 late"), second.errors());
        assertEquals(List.of(sum(1, "10:00", 10), sum(1, "10:01", 50)), sums());
    }

    @Test
    void aRunToTheEndOfTheFilesClosesWhatIsOpen() throws IOException {
        file("a.json", "1 10 10:00:10", "1 20 10:01:06");
        upToNow();
        file("b.json", "1 40 10:02:05");
        run(WINDOWS);
        assertEquals(List.of(sum(1, "10:00", 10), sum(1, "10:01", 20), sum(1, "10:02", 40)), sums());
        assertTrue(upToNow().errors().contains("nothing is left to do"));
    }

    @Test
    void aDirectoryMayBeEmptyAtFirst() throws IOException {
        upToNow();
        upToNow("--parallelism", "2");
        file("a.json", "1 10 10:00:10", "1 20 10:01:06");
        upToNow();
        assertEquals(List.of(sum(1, "10:00", 10)), sums());
    }

    @Test
    void filesThatWereReadMayBeTakenAway() throws IOException {
        file("a.json", "1 10 10:00:10", "1 20 10:01:06");
        upToNow();
        Files.delete(directory.resolve("in/a.json"));
        upToNow();
        file("b.json", "1 40 10:02:05");
        upToNow();
        assertEquals(List.of(sum(1, "10:00", 10), sum(1, "10:01", 20)), sums());
    }

    /** What runs show together is what one shows that reads all files, however many workers each has. */
    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4})
    void manyRunsAreAsGoodAsOne(long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, Integer> expected = new TreeMap<>();
        int second = 0;
        int files = 0;
        for (int run = 0; run < 5; run++) {
            // The rows of a run follow those of the one before, as its files do: none is late.
            for (int more = random.nextInt(4); more > 0; more--, files++) {
                String[] rows = new String[random.nextInt(40)];
                for (int row = 0; row < rows.length; row++) {
                    second += random.nextInt(4);
                    int k = random.nextInt(3);
                    int v = random.nextInt(100);
                    expected.merge(k + " 10:" + pad(second / 60), v, Integer::sum);
                    rows[row] = k + " " + v + " 10:" + pad(second / 60) + ":" + pad(second % 60);
                }
                file("f" + pad(files) + ".json", rows);
            }
            upToNow("--parallelism", Integer.toString(1 + random.nextInt(3)), "--epoch", "1ms", "--batch-rows", "7");
        }
        String open =
                pad(Math.max(0, second - 5) / 60); // the watermark is that of the last row, whichever worker read it
        List<String> before = sums();
        run(WINDOWS);
        List<String> all = new ArrayList<>();
        List<String> closed = new ArrayList<>();
        expected.forEach((key, s) -> {
            String row = sum(key.charAt(0) - '0', key.substring(2), s);
            all.add(row);
            if (key.substring(5).compareTo(open) < 0) {
                closed.add(row);
            }
        });
        assertEquals(all.stream().sorted().toList(), sums());
        assertEquals(closed.stream().sorted().toList(), before);
    }

    /** A query may read a table in two places, and neither may be told the end of time. */
    @Test
    void aTableThatIsJoinedWithItselfIsReadOnInBothPlaces() throws IOException {
        String pairs = TABLES.replace("sums (k INT, minute STRING, s BIGINT)", "sums (a INT, b INT)") + """
                INSERT INTO sums SELECT x.v, y.v FROM r AS x JOIN r AS y
                  ON x.k = y.k AND y.ts BETWEEN x.ts + INTERVAL '1' SECOND AND x.ts + INTERVAL '10' SECOND;
                """;
        for (int second = 0; second < 24; second += 3) {
            file("f" + pad(second) + ".json", "1 " + second + " 10:00:" + pad(second));
            run(pairs, "--until", "now", "--parallelism", Integer.toString(1 + second % 2));
        }
        List<String> expected = new ArrayList<>();
        for (int a = 0; a < 24; a += 3) {
            for (int b = a + 3; b <= a + 10 && b < 24; b += 3) {
                expected.add("{\"a\":" + a + ",\"b\":" + b + "}");
            }
        }
        assertEquals(expected.stream().sorted().toList(), sums());
    }

    private static String pad(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    /** Its log is one partition, which goes on. */
    @Test
    void aLogIsReadOn() throws IOException {
        String t = TABLES.replace("format = 'json'", "format = 'json', 'log' = 'true'");
        String insert = t.replace(", 'scan.mode' = 'stream'", "") + "INSERT INTO r SELECT ";
        String follow = t + WINDOWS.substring(TABLES.length());
        plain(insert + "1, 10, TIMESTAMP '2026-01-01 10:00:10'");
        run(follow, "--until", "now");
        plain(insert + "1, 20, TIMESTAMP '2026-01-01 10:01:10'");
        run(follow, "--until", "now");
        assertEquals(List.of(sum(1, "10:00", 10)), logged());
        plain(insert + "1, 30, TIMESTAMP '2026-01-01 10:01:30'");
        plain(insert + "1, 40, TIMESTAMP '2026-01-01 10:02:30'");
        run(follow, "--until", "now", "--parallelism", "2");
        assertEquals(List.of(sum(1, "10:00", 10), sum(1, "10:01", 50)), logged());
    }

    private List<String> logged() throws IOException {
        return sums();
    }

    private void plain(String query) {
        Outcome outcome = new Shell(directory).run(query.replace("${dir}", directory.toString()));
        assertEquals(0, outcome.exitCode(), outcome.errors());
    }

    /** Such a job never comes to an end at which a last result would be told. */
    @Test
    void aResultThatIsToldAtTheEndIsRefused() throws IOException {
        file("a.json", "1 10 10:00:10");
        Outcome outcome = new Shell(directory)
                .run(
                        TABLES.replace("${dir}", directory.toString()) + "SELECT k, sum(v) AS s FROM r GROUP BY k",
                        "--until",
                        "now",
                        "--state",
                        directory.resolve("state").toString());
        assertEquals(65, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().contains("EMIT CHANGES"), outcome.errors());
    }
}
