package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet from the outside: read and written by runs, with DuckDB as the other side. */
class ParquetRunTest {
    private static final String EVENTS =
            "CREATE TABLE events (id BIGINT, name STRING, amount DECIMAL(12, 2), ts TIMESTAMP(3), WATERMARK FOR ts AS ts)"
                    + " WITH (connector = 'filesystem', path = '${dir}/events', format = 'parquet', 'scan.mode' = '${mode}');\n";
    private static final String OUT =
            "CREATE TABLE out (id BIGINT, name STRING) WITH (connector = 'filesystem', path = '${dir}/out', format = 'parquet'${more});\n";
    private static final String INPUT =
            "CREATE TABLE input (id BIGINT, name STRING) WITH (connector = 'filesystem', path = '${dir}/input/*.json', format = 'json');\n";

    @TempDir
    Path directory;

    private Outcome run(String query, String... more) {
        Outcome outcome = new Shell(directory).run(query.replace("${dir}", directory.toString()), more);
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome;
    }

    private List<String> duckdb(String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            List<String> rows = new ArrayList<>();
            for (String sql : statements) {
                if (statement.execute(sql.replace("${dir}", directory.toString()))) {
                    try (ResultSet results = statement.getResultSet()) {
                        while (results.next()) {
                            rows.add(results.getString(1));
                        }
                    }
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void events() throws IOException {
        Files.createDirectories(directory.resolve("events"));
        for (int file = 0; file < 3; file++) {
            duckdb("COPY (SELECT i AS id, 'name ' || (i % 100) AS name, (i / 8.0)::DECIMAL(12, 2) AS amount,"
                    + " TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS ts FROM range(" + file * 10_000 + ", "
                    + (file + 1) * 10_000
                    + ") AS t(i)) TO '${dir}/events/" + file + ".parquet' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
        }
    }

    private void input(String name, int from, int to) throws IOException {
        Path file = directory.resolve("input").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(
                file,
                IntStream.range(from, to)
                        .mapToObj(id -> "{\"id\":" + id + ",\"name\":\"n" + id + "\"}")
                        .toList());
    }

    @Test
    void queriesAnswerAsDuckDbDoes() throws IOException {
        events();
        String query = "SELECT name, count(*) AS n, sum(amount) AS total FROM events WHERE id > 12345 GROUP BY name";
        List<String> expected = duckdb("SELECT to_json(t)::VARCHAR FROM ("
                + query.replace("events", "'${dir}/events/*.parquet'") + ") AS t ORDER BY 1");
        for (String workers : List.of("1", "3")) {
            for (String mode : List.of("bounded", "stream")) {
                // What a stream has grouped without a window changes with each row; so it is asked by windows.
                String asked = mode.equals("bounded")
                        ? query
                        : "SELECT name, count(*) AS n, sum(amount) AS total FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '7' DAY))"
                                + " WHERE id > 12345 GROUP BY name, window_start, window_end";
                Outcome outcome = run(EVENTS.replace("${mode}", mode) + asked, "--parallelism", workers);
                assertEquals(expected, outcome.output().lines().sorted().toList(), mode + " " + workers);
            }
        }
    }

    @Test
    void aColumnOfAnotherTypeEndsTheRun() throws IOException {
        events();
        String query =
                EVENTS.replace("${mode}", "bounded").replace("name STRING", "name INT") + "SELECT name FROM events";
        Outcome outcome = new Shell(directory).run(query.replace("${dir}", directory.toString()));
        assertEquals(78, outcome.exitCode(), outcome.errors());
        assertTrue(
                outcome.errors()
                        .contains("'events/0.parquet' column name is BYTE_ARRAY STRING, which INT does not hold"),
                outcome.errors());
    }

    @Test
    void rowsThatNoColumnHoldsAreRejected() {
        duckdb(
                "COPY (SELECT * FROM (VALUES (1, 1.5::DOUBLE), (2, 'NaN'::DOUBLE), (3, NULL)) AS t(id, d)) TO '${dir}/t.parquet'");
        String query =
                "CREATE TABLE t (id INT, d DOUBLE) WITH (connector = 'filesystem', path = '${dir}/t.parquet', format = 'parquet',"
                        + " 'scan.reject-limit' = 1);\nSELECT id, d FROM t;\nSELECT reason, offset FROM t$rejected;";
        Outcome outcome = run(query);
        assertTrue(outcome.output().contains("{\"id\":1,\"d\":1.5}\n{\"id\":3,\"d\":null}\n"), outcome.output());
        assertTrue(outcome.output().contains("OUT_OF_RANGE(d): no value that DOUBLE can hold"), outcome.output());
        assertTrue(outcome.errors().contains("3 rows read = 2 taken + 1 rejected"), outcome.errors());
    }

    @Test
    void eachRowIsWrittenOnceWithAState() throws IOException {
        String query = INPUT + OUT.replace("${more}", "") + "INSERT INTO out SELECT id, name FROM input";
        String state = directory.resolve("state").toString();
        input("a.json", 0, 5_000);
        run(query, "--state", state);
        run(query, "--state", state);
        assertEquals(
                List.of("5000 5000 n4999"),
                duckdb(
                        "SELECT count(*) || ' ' || count(DISTINCT id) || ' ' || max_by(name, id) FROM '${dir}/out/*.parquet'"));
        Outcome promise = new Shell(directory)
                .input(query.replace("${dir}", directory.toString()))
                .call("explain", "--delivery", "-");
        assertTrue(promise.output().contains("exactly once"), promise.output() + promise.errors());
    }

    @Test
    void aTableWithALogIsReadWhileItGrows() throws IOException {
        String table = OUT.replace("${more}", ", 'log' = 'true'");
        String write = INPUT + table + "INSERT INTO out SELECT id, name FROM input";
        String follow = OUT.replace("${more}", ", 'log' = 'true', 'scan.mode' = 'stream'") + "SELECT id FROM out";
        for (int piece = 0; piece < 3; piece++) {
            try (Stream<Path> old = Files.exists(directory.resolve("input"))
                    ? Files.list(directory.resolve("input"))
                    : Stream.empty()) {
                for (Path file : old.toList()) {
                    Files.delete(file);
                }
            }
            input(piece + ".json", piece * 1_000, (piece + 1) * 1_000);
            run(write);
            assertEquals(
                    IntStream.range(0, (piece + 1) * 1_000)
                            .mapToObj(id -> "{\"id\":" + id + "}")
                            .toList(),
                    run(follow, "--until", "now").output().lines().toList());
            String expected = (piece + 1) * 1_000 + " " + (piece + 1) * 1_000;
            String count = "SELECT count(*) || ' ' || count(DISTINCT id) FROM ";
            assertEquals(
                    List.of(expected),
                    duckdb(
                            "SET VARIABLE files = (SELECT list('${dir}/out/' || path) FROM '${dir}/out/_files.csv')",
                            count + "read_parquet(getvariable('files'))"));
            assertEquals(
                    "{\"n\":" + (piece + 1) * 1_000 + "}\n",
                    run(table + "SELECT count(*) AS n FROM out").output());
        }
    }

    @Test
    void aFileOfALogThatIsDamagedIsRefusedBeforeItsFirstRow() throws IOException {
        String table = OUT.replace("${more}", ", 'log' = 'true'");
        input("a.json", 0, 100);
        run(INPUT + table + "INSERT INTO out SELECT id, name FROM input");
        Path part;
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            part = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(part);
        for (int at : new int[] {5, bytes.length / 2, bytes.length - 20}) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 4;
            Files.write(part, damaged);
            Outcome outcome =
                    new Shell(directory).run((table + "SELECT id FROM out").replace("${dir}", directory.toString()));
            assertEquals(74, outcome.exitCode(), outcome.errors());
            assertEquals("", outcome.output());
            assertTrue(outcome.errors().contains("is damaged: bytes 0 to " + bytes.length), outcome.errors());
        }
    }

    @Test
    void aFileIsWrittenAtOnce() throws IOException {
        String query = INPUT + OUT.replace("${dir}/out", "${dir}/out.parquet").replace("${more}", "")
                + "INSERT INTO out SELECT id, name FROM input";
        input("a.json", 0, 10);
        run(query);
        assertEquals(List.of("10"), duckdb("SELECT count(*) FROM '${dir}/out.parquet'"));
        Outcome again = new Shell(directory).run(query.replace("${dir}", directory.toString()));
        assertEquals(78, again.exitCode(), again.errors());
        assertTrue(again.errors().contains("'out.parquet' holds rows already"), again.errors());
    }
}
