package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.engine.QueryRuns.Outcome;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.platform.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of a real database that are asked for keys, or read as a whole: what is asked, what is remembered, and what is not. */
class LookupJoinTest {
    private static final int ROWS = 1_000;
    private static final int KEYS = 50;

    @TempDir
    Path folder;

    private final CountingDriver driver = new CountingDriver();

    @BeforeEach
    void fill() throws SQLException, IOException {
        DriverManager.registerDriver(driver);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("users.db"));
                Statement statement = connection.createStatement()) {
            // Half of the keys have rows, key 2 has two.
            statement.execute("CREATE SCHEMA s");
            statement.execute("CREATE TABLE s.users (id BIGINT, \"first name\" VARCHAR, age INT)");
            statement.execute("INSERT INTO s.users SELECT 2 * i, 'u' || 2 * i, i FROM range(0, 25) t(i)");
            statement.execute("INSERT INTO s.users VALUES (2, 'twin', 99), (NULL, 'nobody', 0)");
            statement.execute(
                    "CREATE TABLE wide (a INT, b VARCHAR, t TIMESTAMP, z TIMESTAMPTZ, d DATE, c TIME, m DECIMAL(9, 2),"
                            + " r DOUBLE, y BLOB, o BOOLEAN)");
            // An hour that New York does not have.
            statement.execute(
                    "INSERT INTO wide VALUES (1, 'ä''\"', '2026-03-08 02:30:00.123456', '2026-03-08 02:30:00+00',"
                            + " '2026-03-08', '01:02:03', 1.25, 0.5, 'xy', true), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
        }
        List<String> rows = new ArrayList<>(IntStream.range(0, ROWS)
                .mapToObj(row -> "{\"n\":" + row + ",\"uid\":" + row % KEYS + "}")
                .toList());
        rows.add("{\"n\":" + ROWS + "}");
        for (int part = 0; part < 4; part++) {
            int first = part;
            Files.write(
                    Files.createDirectories(folder.resolve("rows")).resolve("p" + part + ".json"),
                    IntStream.range(0, rows.size())
                            .filter(row -> row % 4 == first)
                            .mapToObj(rows::get)
                            .toList());
        }
    }

    @AfterEach
    void leave() throws SQLException {
        DriverManager.deregisterDriver(driver);
    }

    private String tables(String options) {
        return """
                CREATE TABLE r (n INT, uid BIGINT, p AS PROCTIME()) WITH (connector = 'filesystem', path = '${dir}/rows', format = 'json');
                CREATE TABLE users (id BIGINT, "first name" STRING, age INT) WITH (connector = 'jdbc',
                  url = 'jdbc:counting:duckdb:${dir}/users.db', 'table-name' = 's.users', username = 'scott', password = 'tiger'%s);
                """.formatted(options.isEmpty() ? "" : ", " + options);
    }

    private static String cache(int rows, String more) {
        return "'lookup.cache' = 'PARTIAL', 'lookup.partial-cache.max-rows' = '" + rows + "'" + more;
    }

    private Outcome run(String sql, int workers, int batchRows, Clock clock) {
        JobSettings settings = JobSettings.NONE.withBatchRows(batchRows).withEpochMillis(1);
        try (QueryRuns runs = new QueryRuns(clock, folder)) {
            return runs.run(QueryRuns.compile(sql, workers), settings);
        }
    }

    private static Clock standing() {
        return new TickingClock(0);
    }

    private static final String LEFT =
            "SELECT r.n, u.\"first name\" FROM r LEFT JOIN users FOR SYSTEM_TIME AS OF r.p AS u ON r.uid = u.id;";

    private static List<String> expected(boolean left) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row <= ROWS; row++) {
            int key = row % KEYS;
            boolean found = row < ROWS && key % 2 == 0;
            if (found) {
                rows.add(row + "|u" + key);
            }
            if (row < ROWS && key == 2) {
                rows.add(row + "|twin");
            }
            if (!found && left) {
                rows.add(row + "|NULL");
            }
        }
        return rows.stream().sorted().toList();
    }

    private int keysAsked() {
        return driver.requests.stream().mapToInt(Integer::intValue).sum();
    }

    @ParameterizedTest
    @CsvSource({"1, 7", "1, 4096", "3, 64", "3, 1"})
    void findsTheRowsOfEachKey(int workers, int batchRows) {
        assertEquals(
                expected(true),
                run(tables("") + LEFT, workers, batchRows, standing()).rows().sorted(0));
        String inner = tables(cache(1_000, "")) + LEFT.replace("LEFT JOIN", "JOIN");
        assertEquals(
                expected(false),
                run(inner, workers, batchRows, standing()).rows().sorted(0));
        assertTrue(driver.logins.stream()
                .allMatch(login -> login.getProperty("user").equals("scott")
                        && login.getProperty("password").equals("tiger")));
    }

    /** A key is asked for once, if there is room for all, whether it has rows or not; a batch is one request. */
    @Test
    void remembersAnswers() {
        Outcome outcome = run(tables(cache(1_000, "")) + LEFT, 1, 10, standing());
        assertEquals(expected(true), outcome.rows().sorted(0));
        assertTrue(
                driver.requests.stream().allMatch(size -> size == 1 || size == 8 || size == 64),
                driver.requests.toString());
        assertTrue(driver.requests.size() <= KEYS, driver.requests.toString());
        driver.requests.clear();
        run(tables(cache(1_000, "")) + LEFT, 1, 1, standing());
        assertEquals(KEYS, keysAsked());
    }

    @Test
    void remembersNoMoreThanTheBound() {
        // Keys come in turns, so that the one that is asked for has always been forgotten.
        run(tables(cache(5, "")) + LEFT, 1, 1, standing());
        assertTrue(keysAsked() > ROWS / 2, "asked for " + keysAsked());
        driver.requests.clear();
        run(tables("") + LEFT, 1, 1, standing());
        assertEquals(ROWS, keysAsked());
    }

    @Test
    void asksAgainForKeysWithoutRowsIfTold() {
        run(tables(cache(1_000, ", 'lookup.partial-cache.cache-missing-key' = 'false'")) + LEFT, 1, 1, standing());
        assertEquals(KEYS / 2 + ROWS / 2, keysAsked());
    }

    /** By the clock of the job, which here goes on by a millisecond with each look at it. */
    @Test
    void forgetsWhatIsTooOld() {
        String expiring = cache(1_000, ", 'lookup.partial-cache.expire-after-write' = '400 ms'");
        Outcome outcome = run(tables(expiring) + LEFT, 1, 1, new TickingClock(1_000_000));
        assertEquals(expected(true), outcome.rows().sorted(0));
        assertTrue(keysAsked() > KEYS && keysAsked() < ROWS, "asked for " + keysAsked());
    }

    /** What is asked beside the key is asked of the rows that are answered; a row none of which passes has no partner. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void asksTheRestOfAnswers(int workers) {
        String sql = tables(cache(10, ""))
                + "SELECT r.n, u.age FROM r LEFT JOIN users FOR SYSTEM_TIME AS OF PROCTIME() AS u"
                + " ON u.id = r.uid + 1 AND u.age > r.n AND r.n < 4;";
        List<String> expected = new ArrayList<>();
        for (int row = 0; row <= ROWS; row++) {
            expected.add(row + "|" + (row == 1 ? "99" : "NULL"));
        }
        assertEquals(
                expected.stream().sorted().toList(),
                run(sql, workers, 16, standing()).rows().sorted(0));
    }

    /** An aggregate without keys has its row on one worker, and what is read is on all. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void asksForRowsOfOneWorkerBesideThoseOfAll(int workers) {
        String sql = tables("") + """
                SELECT x.n, u."first name"
                FROM (SELECT n, uid FROM r UNION ALL SELECT CAST(count(*) AS INT) AS n, min(uid) AS uid FROM r) AS x
                LEFT JOIN users FOR SYSTEM_TIME AS OF PROCTIME() AS u ON x.uid = u.id;
                """;
        List<String> expected = new ArrayList<>(expected(true));
        expected.add((ROWS + 1) + "|u0");
        assertEquals(
                expected.stream().sorted().toList(),
                run(sql, workers, 16, standing()).rows().sorted(0));
    }

    /**
     * A window below a lookup is the window of what comes out: groups close with it, and a row is late when its window is over, not when it
     * is behind the watermark.
     */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 64", "3, 2"})
    void keepsWindowsBelow(int workers, int batchRows) throws IOException {
        Files.write(
                Files.createDirectories(folder.resolve("timed")).resolve("p.json"),
                Stream.of("2|01", "4|09", "2|03", "3|04", "2|11", "2|02", "4|12", "2|31", "4|12")
                        .map(row -> row.split("\\|"))
                        .map(row -> "{\"uid\":" + row[0] + ",\"ts\":\"2026-05-01T00:00:" + row[1] + "\"}")
                        .toList());
        String timed = tables("") + """
                CREATE TABLE e (uid BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
                  WITH (connector = 'filesystem', path = '${dir}/timed', format = 'json', 'scan.mode' = 'stream');
                CREATE VIEW named AS SELECT w.*, u."first name" AS name
                  FROM TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '10' SECOND) AS w
                  LEFT JOIN users FOR SYSTEM_TIME AS OF PROCTIME() AS u ON w.uid = u.id;
                """;
        for (String bound :
                List.of("window_start, window_end", "window_start", "window_time", "window_end, window_time")) {
            Outcome outcome = run(
                    timed + "SELECT name, count(*) FROM named GROUP BY name, " + bound + ";",
                    workers,
                    batchRows,
                    standing());
            assertEquals(
                    List.of("NULL|1", "twin|1", "twin|1", "twin|2", "u2|1", "u2|1", "u2|2", "u4|1", "u4|1"),
                    outcome.rows().sorted(0),
                    bound);
            assertEquals(2, outcome.counts("e").late(), bound);
        }
        Outcome ranked = run(timed + """
                        SELECT uid FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY uid DESC, name) AS n
                          FROM named) WHERE n = 1;
                        """, workers, batchRows, standing());
        assertEquals(List.of("2", "4", "4"), ranked.rows().sorted(0));
        assertEquals(2, ranked.counts("e").late());
        // Nothing above the lookup closes a window: a late row passes.
        assertEquals(
                0,
                run(timed + "SELECT uid, window_start FROM named;", workers, batchRows, standing())
                        .counts("e")
                        .late());
        // A row is late for the first of its windows and not for the second.
        String hopping =
                timed.replace("TUMBLE(TABLE e, DESCRIPTOR(ts), ", "HOP(TABLE e, DESCRIPTOR(ts), INTERVAL '5' SECOND, ");
        Outcome hops = run(
                hopping
                        + "SELECT EXTRACT(SECOND FROM window_start), count(*) FROM named WHERE uid = 2 GROUP BY window_start;",
                workers,
                batchRows,
                standing());
        assertEquals(
                List.of("0|4", "10|2", "25|2", "30|2", "55|2", "5|2"),
                hops.rows().sorted(0));
    }

    @Test
    void asksForTwoColumns() {
        String sql = tables(cache(10, ""))
                + "SELECT r.n, u.age FROM r JOIN users FOR SYSTEM_TIME AS OF r.p AS u"
                + " ON u.id = r.uid AND u.\"first name\" = 'u' || CAST(r.n AS STRING);";
        List<String> expected = IntStream.range(0, KEYS / 2)
                .mapToObj(i -> 2 * i + "|" + i)
                .sorted()
                .toList();
        assertEquals(expected, run(sql, 3, 100, standing()).rows().sorted(0));
    }

    /** What fails is tried again over a new connection; what fails each time fails the job, which says nothing it should not. */
    @Test
    void triesAgain() {
        driver.failures.set(2);
        assertEquals(
                expected(true),
                run(tables(cache(1_000, "")) + LEFT, 1, 100, standing()).rows().sorted(0));
        assertEquals(3, driver.logins.size());
        driver.failures.set(Integer.MAX_VALUE);
        driver.requests.clear();
        ConnectorException failure = assertThrows(
                ConnectorException.class,
                () -> run(tables(cache(1_000, ", 'lookup.max-retries' = '1'")) + LEFT, 3, 100, Clock.system()));
        assertTrue(
                failure.getMessage().startsWith("table users: the database does not answer, tried 2 times: "),
                failure.getMessage());
        assertFalse(failure.getMessage().contains("tiger"), failure.getMessage());
    }

    @Test
    void saysWhatIsWrongWithTheTable() {
        ConnectorException none = assertThrows(
                ConnectorException.class,
                () -> run(
                        tables("'lookup.max-retries' = '0'").replace("s.users", "s.nobody") + LEFT,
                        1,
                        100,
                        standing()));
        assertTrue(none.getMessage().contains("nobody"), none.getMessage());
        ConnectorException misfit = assertThrows(
                ConnectorException.class,
                () -> run(
                        tables("").replace("\"first name\" STRING", "\"first name\" INT") + LEFT, 1, 100, standing()));
        assertTrue(misfit.getMessage().contains("column 'first name' does not fit INT"), misfit.getMessage());
        ConnectorException driverless = assertThrows(
                ConnectorException.class, () -> run(tables("driver = 'no.such.Driver'") + LEFT, 1, 100, standing()));
        assertEquals("table users: no driver 'no.such.Driver' on the class path", driverless.getMessage());
    }

    // ---- as a whole
    // --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void readsATableAsAWhole(int workers) {
        assertEquals(
                List.of("27|u8"),
                run(tables("") + "SELECT count(*) AS n, max(\"first name\") AS m FROM users;", workers, 4, standing())
                        .rows()
                        .sorted(0));
        String plain = tables("") + "SELECT r.n, u.\"first name\" FROM r LEFT JOIN users AS u ON r.uid = u.id;";
        assertEquals(expected(true), run(plain, workers, 64, standing()).rows().sorted(0));
        assertEquals(List.of(), driver.requests);
    }

    @Test
    void readsAndAsksForAllTypes() {
        String table = """
                CREATE TABLE wide (a INT NOT NULL, b STRING, t TIMESTAMP(6), z TIMESTAMP_LTZ(3), d DATE, c TIME, m DECIMAL(9, 2), r DOUBLE,
                  y VARBINARY, o BOOLEAN) WITH (connector = 'jdbc', url = 'jdbc:counting:duckdb:${dir}/users.db', 'table-name' = 'wide');
                CREATE TABLE copy (a INT, b STRING, t TIMESTAMP(6), z TIMESTAMP_LTZ(3), d DATE, c TIME, m DECIMAL(9, 2), r DOUBLE,
                  y VARBINARY, o BOOLEAN);
                INSERT INTO copy SELECT * FROM wide;
                SELECT w.a FROM copy AS k JOIN wide FOR SYSTEM_TIME AS OF PROCTIME() AS w
                  ON k.a = w.a AND k.b = w.b AND k.t = w.t AND k.z = w.z AND k.d = w.d AND k.c = w.c AND k.m = w.m AND k.r = w.r
                    AND k.y = w.y AND k.o = w.o;
                SELECT a FROM wide WHERE t = TIMESTAMP '2026-03-08 02:30:00.123456' AND d = DATE '2026-03-08' AND c = TIME '01:02:03'
                  AND m = 1.25 AND b = 'ä''"' AND o AND r = 0.5 AND y IS NOT NULL;
                """;
        Outcome outcome = run(table, 1, 4, standing());
        assertEquals(List.of("1"), outcome.rows().sorted(0));
        assertEquals(List.of("1"), outcome.rows().sorted(1));
    }
}
