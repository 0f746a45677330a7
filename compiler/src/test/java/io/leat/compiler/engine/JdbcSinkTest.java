package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.jdbc.PostgresServer;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.platform.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of real databases that are written: new rows, rows by key, rows that go; with a state directory each once. */
@ParameterizedClass
@ValueSource(strings = {"duckdb", "h2", "postgresql"})
class JdbcSinkTest {
    private static final int ROWS = 60;
    private static Optional<PostgresServer> postgres = Optional.empty();

    @Parameter
    String database;

    @TempDir
    Path folder;

    private String url;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (postgres.isPresent()) {
            postgres.get().close();
        }
    }

    @BeforeEach
    void prepare() throws SQLException, IOException {
        Assumptions.assumeTrue(
                !database.equals("postgresql") || postgres.isPresent(),
                "there is no PostgreSQL that can be started here");
        url = switch (database) {
            case "duckdb" -> "jdbc:duckdb:" + folder.resolve("out.db");
            case "h2" -> "jdbc:h2:mem:" + folder.getFileName() + ";DB_CLOSE_DELAY=-1";
            default -> postgres.orElseThrow().url();
        };
        execute("DROP SCHEMA IF EXISTS \"s\" CASCADE");
        execute("DROP TABLE IF EXISTS \"leat_epochs\"");
        execute("CREATE SCHEMA \"s\"");
        execute("CREATE TABLE \"s\".\"rows\" (\"n\" INT, \"Some text\" VARCHAR(20))");
        execute(
                "CREATE TABLE \"s\".\"groups\" (\"k\" INT, \"order\" VARCHAR(9), \"total\" BIGINT, PRIMARY KEY (\"order\", \"k\"))");
        execute("CREATE TABLE \"s\".\"keys\" (\"k\" INT PRIMARY KEY)");
        write();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private List<String> query(String text) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(text)) {
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : "|").append(found.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    /** Values that come under one of 25 keys and go again: about a third of the keys have none in the end. */
    private void write() throws IOException {
        Random random = new Random(7);
        List<String> lines = new ArrayList<>();
        List<int[]> there = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            if (row > ROWS / 2 && random.nextInt(3) > 0 || row > ROWS * 3 / 4 && !there.isEmpty()) {
                int[] gone = there.remove(random.nextInt(there.size()));
                lines.add(line("-D", gone[0], gone[1]));
            } else {
                int[] come = {random.nextInt(9), row};
                there.add(come);
                lines.add(line("+I", come[0], come[1]));
            }
        }
        Files.createDirectories(folder.resolve("in"));
        Files.write(folder.resolve("in/a.json"), lines);
    }

    private static String line(String op, int key, int value) {
        return "{\"op\":\"" + op + "\",\"k\":" + key + ",\"v\":" + value + "}";
    }

    private String tables(String options) {
        return """
                CREATE TABLE changes (op STRING, k INT, v INT)
                  WITH (connector = 'filesystem', path = '${dir}/in', format = 'json', 'scan.mode' = 'stream', changelog = 'op');
                CREATE TABLE came (op STRING, k INT, v INT)
                  WITH (connector = 'filesystem', path = '${dir}/in', format = 'json', 'scan.mode' = 'stream');
                CREATE TABLE "rows" (n INT, "Some text" STRING) WITH (connector = 'jdbc', url = '%1$s', 'table-name' = 's.rows'%2$s);
                CREATE TABLE groups (k INT, "order" STRING, total BIGINT, PRIMARY KEY (k, "order") NOT ENFORCED)
                  WITH (connector = 'jdbc', url = '%1$s', 'table-name' = 's.groups'%2$s);
                CREATE TABLE keys (k INT PRIMARY KEY NOT ENFORCED) WITH (connector = 'jdbc', url = '%1$s', 'table-name' = 's.keys'%2$s);
                """.formatted(url, options);
    }

    private static final String STATEMENTS = """
            INSERT INTO "rows" SELECT v, 'it''s ' || CAST(k AS STRING) FROM came WHERE op = '+I';
            INSERT INTO groups SELECT k, 'k' || CAST(k AS STRING), sum(v) FROM changes GROUP BY k;
            INSERT INTO keys SELECT k FROM changes GROUP BY k HAVING count(*) > 1;
            """;

    private JobOptions options(QueryRuns runs) {
        return runs.options(JobSettings.NONE.withBatchRows(5).withEpochMillis(0), ResultReceiver.ignoring());
    }

    private JobReport run(String sql, boolean keeps, long epochs) {
        try (QueryRuns runs = new QueryRuns(Clock.system(), folder)) {
            JobOptions options = options(runs).stoppingAfter(epochs);
            JobOptions all = keeps ? options.withState(folder.resolve("state")) : options;
            try (Job job = runs.start(QueryRuns.compile(sql, 1), all)) {
                return job.await();
            }
        }
    }

    private String refused(String sql, boolean keeps) {
        return assertThrows(RuntimeException.class, () -> run(sql, keeps, Long.MAX_VALUE))
                .getMessage();
    }

    /** What the tables are to hold, computed from the file alone. */
    private void assertWritten(int times) throws SQLException, IOException {
        Map<Integer, Long> totals = new TreeMap<>();
        Map<Integer, Integer> counts = new TreeMap<>();
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("in/a.json"))) {
            String[] parts = line.replaceAll("[^0-9,DI]", "").split(",");
            int key = Integer.parseInt(parts[1]);
            int sign = parts[0].equals("D") ? -1 : 1;
            totals.merge(key, sign * Long.parseLong(parts[2]), Long::sum);
            counts.merge(key, sign, Integer::sum);
            for (int i = 0; i < times && sign > 0; i++) {
                rows.add(parts[2] + "|it's " + key);
            }
        }
        assertEquals(rows, query("SELECT * FROM \"s\".\"rows\" ORDER BY \"n\""));
        assertEquals(
                counts.keySet().stream()
                        .filter(key -> counts.get(key) > 0)
                        .map(key -> key + "|k" + key + "|" + totals.get(key))
                        .toList(),
                query("SELECT \"k\", \"order\", \"total\" FROM \"s\".\"groups\" ORDER BY \"k\""));
        assertEquals(
                counts.keySet().stream()
                        .filter(key -> counts.get(key) > 1)
                        .map(String::valueOf)
                        .toList(),
                query("SELECT \"k\" FROM \"s\".\"keys\" ORDER BY \"k\""));
        assertTrue(counts.containsValue(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'sink.buffer-flush.max-rows' = '1'", ", 'sink.buffer-flush.max-rows' = '7'"})
    void writesNewRowsAndRowsByKey(String options) throws SQLException, IOException {
        JobReport report = run(tables(options) + STATEMENTS, false, Long.MAX_VALUE);
        assertEquals(List.of(), report.notes());
        assertWritten(1);
        // Once more: new rows come again, and those with a key take the place of themselves.
        run(tables(options) + STATEMENTS, false, Long.MAX_VALUE);
        assertWritten(2);
    }

    /** Stopped after each few epochs: every row is there once, and the database says up to where. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", 'sink.buffer-flush.max-rows' = '2', 'sink.epochs-table' = 's.kept'"})
    void writesEachEpochOnceWithAStateDirectory(String options) throws SQLException, IOException {
        int runs = 1;
        while (run(tables(options) + STATEMENTS, true, 4).notes().stream()
                .anyMatch(note -> note.contains("to go on"))) {
            runs++;
        }
        assertTrue(runs > 2, "" + runs);
        assertWritten(1);
        try (Stream<Path> spooled = Files.list(folder.resolve("state/SPOOL"))) {
            assertEquals(List.of(), spooled.toList());
        }
        String kept = options.isEmpty() ? "\"leat_epochs\"" : "\"s\".\"kept\"";
        assertEquals(
                List.of("groups|s.groups", "keys|s.keys", "rows|s.rows"),
                query("SELECT \"sink\", \"target\" FROM " + kept + " ORDER BY 1"));
    }

    @Test
    void aJobWithoutPastDoesNotBeginBehindRowsOfAnother() throws SQLException, IOException {
        run(tables("") + STATEMENTS, true, 4);
        Files.move(folder.resolve("state"), folder.resolve("lost"));
        String message = refused(tables("") + STATEMENTS, true);
        assertTrue(message.contains("' holds rows of another run, job "), message);
        Files.move(folder.resolve("state"), folder.resolve("new"));
        Files.move(folder.resolve("lost"), folder.resolve("state"));
        run(tables("") + STATEMENTS, true, Long.MAX_VALUE);
        assertWritten(1);
    }

    private static final String TYPES = """
            a TINYINT, b SMALLINT, c INT, d BIGINT, e REAL, f DOUBLE, g DECIMAL(9, 2), h DECIMAL(30, 10), i BOOLEAN, j STRING,
            k VARCHAR(5), l VARBINARY, m DATE, n TIME(6), o TIMESTAMP(6), p TIMESTAMP_LTZ(6)""";

    private void createAll() throws SQLException {
        String bytes = database.equals("postgresql") ? "BYTEA" : "BLOB";
        String tiny = database.equals("postgresql") ? "SMALLINT" : "TINYINT";
        execute(("CREATE TABLE \"s\".\"all\" (\"a\" " + tiny + ", \"b\" SMALLINT, \"c\" INT, \"d\" BIGINT, \"e\" REAL,"
                        + " \"f\" DOUBLE PRECISION, \"g\" DECIMAL(9, 2), \"h\" DECIMAL(30, 10), \"i\" BOOLEAN, \"j\" VARCHAR,"
                        + " \"k\" VARCHAR(5), \"l\" " + bytes + ", \"m\" DATE, \"n\" TIME(6), \"o\" TIMESTAMP(6),"
                        + " \"p\" TIMESTAMP(6) WITH TIME ZONE)")
                .replace("(6)", database.equals("duckdb") ? "" : "(6)"));
    }

    /** What is written is read again as it was: also an hour that New York does not have, and NULLs. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void writesAllTypes(boolean keeps) throws SQLException, IOException {
        createAll();
        String sql = """
                CREATE TABLE d (%1$s) WITH (connector = 'jdbc', url = '%2$s', 'table-name' = 's.all');
                CREATE TABLE m (%1$s) WITH (connector = 'filesystem', path = '${dir}/all.json', format = 'json');
                """.formatted(TYPES, url);
        Files.write(
                folder.resolve("all.json"),
                List.of(
                        "{\"a\":-128,\"b\":-32768,\"c\":2147483647,\"d\":-9223372036854775808,\"e\":0.1,\"f\":0.1,\"g\":-1234567.89,"
                                + "\"h\":12345678901234567890.0123456789,\"i\":true,\"j\":\"ä'\\\"\\n\",\"k\":\"\",\"l\":\"AP8=\","
                                + "\"m\":\"1969-12-31\",\"n\":\"01:02:03.000004\",\"o\":\"2026-03-08T02:30:00.123456\","
                                + "\"p\":\"2026-03-08T02:30:00.123456Z\"}",
                        "{}"));
        run(sql + "INSERT INTO d SELECT * FROM m;", keeps, Long.MAX_VALUE);
        try (QueryRuns runs = new QueryRuns(new TickingClock(0), folder)) {
            String read = sql + "SELECT * FROM d;SELECT * FROM m;";
            ResultRows rows =
                    runs.run(QueryRuns.compile(read, 1), JobSettings.NONE).rows();
            assertEquals(2, rows.sorted(0).size());
            assertEquals(rows.sorted(1), rows.sorted(0));
        }
    }

    /** Where it says so in a way that all databases share, it is not tried again. */
    private void assertRefused(String message) {
        String begin = database.equals("duckdb")
                ? "table t: the database does not answer, tried 4 times: "
                : "table t: the database refuses this: ";
        assertTrue(message.startsWith(begin), message);
    }

    @Test
    void saysWhatCannotBeWritten() throws SQLException {
        execute("CREATE TABLE \"s\".\"keyless\" (\"k\" INT, \"v\" INT NOT NULL)");
        String table = "CREATE TABLE t (%s) WITH (connector = 'jdbc', url = '" + url + "', 'table-name' = '%s'%s);";
        String insert = "INSERT INTO t VALUES (1, 2);";
        for (boolean keeps : new boolean[] {false, true}) {
            String none = refused(table.formatted("k INT, v INT", "s.none", "") + insert, keeps);
            assertRefused(none);
            assertTrue(none.contains("none"), none);
            String column = refused(table.formatted("k INT, w INT", "s.keyless", "") + insert, keeps);
            assertTrue(column.contains("w"), column);
        }
        if (!database.equals("h2")) { // which looks for the row itself
            String key = table.formatted("k INT PRIMARY KEY NOT ENFORCED, v INT", "s.keyless", "") + insert;
            assertRefused(refused(key, false));
        }
        String nothing =
                refused(table.formatted("k INT, v INT", "s.keyless", "") + "INSERT INTO t (k) VALUES (1);", false);
        assertRefused(nothing);
        String rows = refused(
                table.formatted("k INT, v ROW<a INT>", "s.keyless", "") + "INSERT INTO t (k) VALUES (1);", true);
        assertTrue(rows.contains("column 'v' is ROW<a INT>, which is neither read from a database nor written"), rows);
        String array = refused(
                table.formatted("k INT, v ARRAY<INT>", "s.keyless", "") + "INSERT INTO t (k) VALUES (1);", false);
        assertTrue(array.contains("column 'v' is ARRAY<INT>"), array);
        String created = refused(
                "CREATE TABLE t WITH (connector = 'jdbc', url = '" + url
                        + "', 'table-name' = 's.new') AS SELECT 1 AS a;",
                false);
        assertTrue(created.contains("write CREATE TABLE with its columns, and INSERT INTO"), created);
    }
}
