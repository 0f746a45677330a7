package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.explain.Compilation;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.platform.Clock;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Roots;
import io.leat.runtime.type.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables whose columns are those of their files. */
class FoundColumnsTest {
    private static final QueryCompiler COMPILER = new QueryCompiler();

    /** Of each type some values, and NULL in every third row but the first. */
    private static final String ROWS = """
            SELECT i AS id, CASE WHEN i %% 3 <> 1 THEN i * 10000000000 END AS big, CASE WHEN i %% 3 <> 1 THEN i / 4 END AS part,
              CASE WHEN i %% 3 <> 1 THEN i %% 2 = 0 END AS even, CASE WHEN i %% 3 <> 1 THEN 'a "text", ' || i END AS name,
              CASE WHEN i %% 3 <> 1 THEN DATE '2024-02-28' + CAST(i AS INTEGER) END AS day,
              CASE WHEN i %% 3 <> 1 THEN TIMESTAMP '2024-02-28 23:59:59.5' + INTERVAL 1 SECOND * i END AS ts
            FROM range(%d) AS t(i)""";

    private static final String TOLD = """
            SELECT count(*), count(big), sum(id), sum(big), sum(part), max(name), min(name), max(day) = DATE '2024-06-06',
              min(day) = DATE '2024-02-28', max(ts) = TIMESTAMP '2024-02-29 00:01:38.5', count(*) FILTER (WHERE even)
            FROM '%s'""";

    @TempDir
    Path folder;

    private Path write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, List.of(lines));
    }

    private static Compilation compile(String sql) {
        return COMPILER.compile(new SourceText("test.sql", sql), CompileOptions.defaults());
    }

    private List<String> warnings(String sql) {
        return compile(sql).warnings().stream().map(Diagnostic::message).toList();
    }

    private static Diagnostic refusal(String sql) {
        List<Diagnostic> found =
                assertThrows(QueryException.class, () -> compile(sql)).diagnostics();
        assertEquals(1, found.size(), found.toString());
        return found.get(0);
    }

    private String message(String sql) {
        Diagnostic refused = refusal(sql);
        boolean missing = refused.message().matches("(there is no|no) file .*");
        assertEquals(missing ? ErrorCode.NO_FILE : ErrorCode.NO_COLUMNS, refused.code());
        return refused.message().replace(folder + "/", "");
    }

    private static String columns(String sql) {
        return compile(sql).statements().get(0).bound().plan().output().stream()
                .map(Field::sql)
                .collect(Collectors.joining(", "));
    }

    private List<String> run(String sql) {
        try (QueryRuns runs = new QueryRuns(Clock.system(), folder)) {
            return runs.run(QueryRuns.compile(sql, 1), JobSettings.NONE).rows().inOrder(0);
        }
    }

    private static List<String> duckDb(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    Object value = rows.getObject(i);
                    values.add(value == null ? "NULL" : value.toString());
                }
                texts.add(String.join("|", values));
            }
            return texts;
        }
    }

    private static void duckDbWrites(String query, Path file, String options) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + query + ") TO '" + file + "' (" + options + ")");
        }
    }

    // ---- types

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "a.json", "a.parquet"})
    void whatDuckDbWritesIsReadAsDuckDbReadsIt(String name) throws SQLException {
        Path file = folder.resolve(name);
        duckDbWrites(ROWS.formatted(100), file, name.equals("a.csv") ? "HEADER" : "FORMAT " + name.substring(2));

        assertEquals(
                "id BIGINT, big BIGINT, part DOUBLE, even BOOLEAN, name VARCHAR, day DATE, ts TIMESTAMP(6)",
                columns("SELECT * FROM '" + file + "'"));
        assertEquals(List.of(), warnings("SELECT * FROM '" + file + "'"));
        assertEquals(duckDb(TOLD.formatted(file)), run(TOLD.formatted(file)));
    }

    @Test
    void filesOfParquetListTheirTypes() throws SQLException {
        Path file = folder.resolve("a.parquet");
        duckDbWrites("""
                SELECT CAST(1.5 AS DECIMAL(10, 2)) AS c, CAST(200 AS UTINYINT) AS u8, CAST(1 AS USMALLINT) AS u16,
                  CAST(1 AS UINTEGER) AS u32, CAST(1 AS UBIGINT) AS u64, CAST(-1 AS TINYINT) AS i8, CAST(1.5 AS FLOAT) AS f,
                  TIME '10:00:00' AS t, TIMESTAMPTZ '2024-01-01 00:00:00+00' AS z, TIMESTAMP_NS '2024-01-01 00:00:00' AS ns,
                  CAST('ab' AS BLOB) AS b, [1, 2] AS l, {'x': 1, 'y': {'z': 'q', 'w': [1]}} AS s""", file, "FORMAT parquet");
        String all = "SELECT * FROM '" + file + "'";

        assertEquals(
                "c DECIMAL(10, 2), u8 SMALLINT, u16 INT, u32 BIGINT, i8 TINYINT, f REAL, t TIME(6), z TIMESTAMP_LTZ(6), "
                        + "ns TIMESTAMP(9), b VARBINARY, s ROW<x INT, y ROW<z VARCHAR>>",
                columns(all));
        assertEquals(
                List.of(
                        "'u64' becomes no column: no type holds all values of INT64 UINT(64)",
                        "'l' becomes no column: it is a list or a map",
                        "'s.y.w' becomes no column: it is a list or a map"),
                warnings(all));
        assertEquals(List.of("1.50|200|-1|1|q"), run("SELECT c, u8, i8, s.x, s.y.z FROM '" + file + "'"));
    }

    @Test
    void valuesOfJsonSayTheirTypes() throws IOException {
        Path file = write(
                "a.json",
                "{\"n\":null,\"i\":1,\"w\":9223372036854775808,\"d\":1,\"day\":\"2024-02-29\",\"t\":\"10:00:00\",\"o\":{\"x\":{\"y\":[1,null]}},\"e\":[],\"z\":\"2024-02-29T10:00:00Z\"}",
                "",
                "{\"d\":0.5,\"w\":1,\"day\":\"2024-02-29 10:00:00.1234567\",\"o\":{\"x\":{\"y\":[2.5],\"k\":\"00:00\"}},\"z\":\"2024-02-29 10:00:00+02:00\"}",
                "no JSON",
                "[1]",
                "{\"no\":\"2023-02-29\",\"at\":\"25:00:00\"}");

        assertEquals(
                "n VARCHAR, i BIGINT, w DECIMAL(38, 0), d DOUBLE, day TIMESTAMP(9), t TIME(6), "
                        + "o ROW<x ROW<y ARRAY<DOUBLE>, k TIME(6)>>, e ARRAY<VARCHAR>, z TIMESTAMP_LTZ(6), no VARCHAR, at VARCHAR",
                columns("SELECT * FROM '" + file + "'"));
    }

    @Test
    void numbersWithZerosInFrontAreTextsAndOtherNumbersAreNot() throws IOException {
        Path file = write("a.csv", "zip,n,f,big,mixed", "01234,-0,1e3,99999999999999999999,1", "99999,5,.5,1,x");

        assertEquals(
                "zip VARCHAR, n BIGINT, f VARCHAR, big DECIMAL(38, 0), mixed VARCHAR",
                columns("SELECT * FROM '" + file + "'"));
        assertEquals(
                List.of("01234|0|1e3|99999999999999999999|1", "99999|5|.5|1|x"),
                run("SELECT zip, n, f, big, mixed FROM '" + file + "'"));
    }

    @Test
    void aFieldOfSeveralKindsIsAColumnWhereNearlyAllAreOne() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lines.add("{\"a\":" + (i == 7 ? "\"n/a\"" : i) + ",\"b\":" + (i % 2 == 0 ? "1" : "\"x\"") + ",\"A\":1}");
        }
        Path file = write("a.json", lines.toArray(String[]::new));
        String sql = "SELECT sum(a) FROM '" + file + "'";

        assertEquals(
                List.of(
                        "'a' is a number in 19 of 20 records: the others are rejected",
                        "'b' becomes no column: it is a number in 10, a text in 10 of 20 records",
                        "'A' becomes no column: capital letters alone tell it from 'a'"),
                warnings(sql));
        assertEquals(List.of("183"), run(sql));
        assertEquals(ErrorCode.UNKNOWN_COLUMN, refusalOfLast("SELECT sum(b) FROM '" + file + "'"));
    }

    private static ErrorCode refusalOfLast(String sql) {
        List<Diagnostic> found = assertThrows(QueryException.class, () -> compile(sql)).diagnostics().stream()
                .filter(each -> each.severity() == Diagnostic.Severity.ERROR)
                .toList();
        assertEquals(1, found.size(), found.toString());
        return found.get(0).code();
    }

    /** Values near the bounds of what a type holds, and of how it is written. */
    private static final List<String> FORMS = List.of(
            "0",
            "-0",
            "7",
            "007",
            "-9223372036854775808",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999999999999999",
            "-100000000000000000000000000000000000000",
            "1.5",
            "-.5",
            "1.",
            "1e5",
            "1E-400",
            "1e308",
            "1e400",
            "+1",
            "0x1",
            "NaN",
            "true",
            "TRUE",
            "False",
            "t",
            "2024-02-29",
            "2023-02-29",
            "0000-01-01",
            "0001-01-01",
            "9999-12-31",
            "2024-2-9",
            "2024-02-29 10:00",
            "2024-02-29T23:59:59.999999999",
            "2024-02-29 24:00:00",
            "2024-02-29 10:00:60",
            "9999-12-31 23:59:59",
            "1600-01-01 00:00:00.123456789",
            "10:00",
            "10:00:00.5",
            "24:00:00",
            "9:00",
            "2024-02-29T10:00:00Z",
            "2024-02-29 10:00:00+17:59",
            "2024-02-29 10:00:00-18:00",
            "2024-02-29 10:00:00+02",
            "2024-02-29Z",
            "x",
            " 1",
            "1 ",
            "é");

    /** What all records show is no reason to reject one of them. */
    @ParameterizedTest
    @ValueSource(strings = {"csv", "json"})
    void recordsThatWereLookedAtFitTheColumns(String format) throws IOException {
        Random random = new Random(7);
        for (int file = 0; file < 60; file++) {
            int columns = 1 + random.nextInt(6);
            int[] first = random.ints(columns, 0, FORMS.size()).toArray();
            List<String> lines = new ArrayList<>();
            for (int row = 0; row < 8; row++) {
                List<String> values = new ArrayList<>();
                for (int column = 0; column < columns; column++) {
                    int near = Math.min(FORMS.size() - 1, first[column] + random.nextInt(3));
                    String value = FORMS.get(near);
                    values.add(format.equals("csv") ? value : "\"c" + column + "\":\"" + value + "\"");
                }
                lines.add(format.equals("csv") ? String.join(",", values) : "{" + String.join(",", values) + "}");
            }
            Path path = write(file + "." + format, lines.toArray(String[]::new));
            String table = "CREATE TABLE t WITH (connector = 'filesystem', path = '" + path + "', format = '" + format
                    + "'" + (format.equals("csv") ? ", 'csv.header' = 'false'" : "") + "); SELECT * FROM t";

            assertEquals(8, run(table).size(), () -> columns(table) + "\n" + String.join("\n", lines));
        }
    }

    // ---- CSV

    @Test
    void theFirstLineNamesColumnsWhereItLooksLikeNames() throws IOException {
        Path named = write("a.csv", "k,v", "1,x");
        Path plain = write("b.csv", "1,x", "2,y");
        Path tabs = write("c.tsv", "k\tv", "1\tx");

        assertEquals(List.of("1|x"), run("SELECT k, v FROM '" + named + "'"));
        assertEquals(List.of("1|x", "2|y"), run("SELECT column0, column1 FROM '" + plain + "'"));
        assertEquals(List.of("1|x"), run("SELECT k, v FROM '" + tabs + "'"));
        assertEquals(
                List.of("k|v", "1|x"),
                run("CREATE TABLE t WITH (connector = 'filesystem', path = '" + named
                        + "', format = 'csv', 'csv.header' = 'false'); SELECT column0, column1 FROM t"));
        assertEquals(
                "x VARCHAR, 1 BIGINT",
                columns("CREATE TABLE t WITH (connector = 'filesystem', path = '" + write("d.csv", "x,1", "y,2")
                        + "', format = 'csv', 'csv.header' = 'true'); SELECT * FROM t"));
    }

    @Test
    void namesThatAreMissingOrComeTwiceAreMadeDifferent() throws IOException {
        Path file = write("a.csv", "a,A,,a", "1,2,3,4");
        String sql = "CREATE TABLE t WITH (connector = 'filesystem', path = '" + file
                + "', format = 'csv', 'csv.header' = 'true'); SELECT * FROM t";

        assertEquals("a BIGINT, A_1 BIGINT, column2 BIGINT, a_2 BIGINT", columns(sql));
        assertEquals(List.of("1|2|3|4"), run(sql));
    }

    @Test
    void filesWithColumnsInAnotherOrderAreNotOneTable() throws IOException {
        write("d/a.csv", "k,v", "1,2");
        write("d/b.csv", "v,k", "2,1");

        assertEquals(
                "'d/*.csv' does not show its columns: its files differ: one has the columns [k, v], and 'd/b.csv' [v, k]",
                message("SELECT * FROM '" + folder + "/d/*.csv'"));
    }

    // ---- files

    @Test
    void filesOfAPatternShowTheirColumnsTogether() throws IOException {
        write("d/1.json", "{\"k\":1}");
        write("d/2.json", "{\"k\":0.5,\"v\":\"x\"}");
        String files = folder + "/d/*.json";

        assertEquals("k DOUBLE, v VARCHAR", columns("SELECT * FROM '" + files + "'"));
        assertEquals(List.of("1.5"), run("SELECT sum(k) FROM '" + files + "'"));
        assertEquals(List.of("1.5"), run("SELECT sum(k) FROM read_json('" + files + "')"));
    }

    @Test
    void compressedFilesAndParametersAreFoundToo() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.csv.gz")))) {
            out.write("k,v\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
        }
        CompileOptions options = CompileOptions.defaults().withParameters(Map.of("dir", folder.toString()));
        Compilation compilation =
                COMPILER.compile(new SourceText("test.sql", "SELECT sum(v) AS v FROM '${dir}/a.csv.gz'"), options);
        try (QueryRuns runs = new QueryRuns(Clock.system(), folder)) {
            assertEquals(
                    List.of("6"),
                    runs.run(compilation.job(), JobSettings.NONE).rows().inOrder(0));
        }
        assertEquals(
                ErrorCode.UNKNOWN_PARAMETER,
                refusal("SELECT sum(v) AS v FROM '${dir}/a.csv.gz'").code());
    }

    @Test
    void aTableOfFilesMayHaveAWatermarkAndComputedColumns() throws IOException {
        Path file = write(
                "a.json",
                "{\"ts\":\"2024-01-01 00:00:01\",\"v\":1}",
                "{\"ts\":\"2024-01-01 00:00:59\",\"v\":2}",
                "{\"ts\":\"2024-01-01 00:01:00\",\"v\":4}");

        assertEquals(
                List.of("3|6", "4|8"),
                run(
                        "CREATE TABLE t (twice AS v * 2, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH (connector = 'filesystem', path = '"
                                + file + "', format = 'json', 'scan.mode' = 'stream'); "
                                + "FROM t |> CALL TUMBLE(ts, INTERVAL '1' MINUTE) |> AGGREGATE sum(v) AS v, sum(twice) AS w GROUP BY window_start |> SELECT v, w"));
    }

    @Test
    void columnsAreQualifiedByTheAliasOrTheNameOfTheFile() throws IOException {
        write("a.csv", "k,v", "1,10");
        write("b-2.csv", "k,w", "1,20");

        assertEquals(
                List.of("10|20"),
                run("SELECT a.v, o.w FROM '${dir}/a.csv' JOIN '${dir}/b-2.csv' AS o ON a.k = o.k"
                        .replace("${dir}", folder.toString())));
    }

    // ---- what is refused

    @Test
    void filesThatShowNoColumnsAreRefused() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        write("a.json");
        write("b.json", "[", "{\"a\":1}", "]");
        write("c.csv");
        write("d.json", "{}", "{\"a\":{}}");
        write("e.parquet", "PAR1 and nothing more that is Parquet");
        String from = "SELECT * FROM '" + folder + "/";

        assertEquals("there is no file 'x.csv'", message(from + "x.csv'"));
        assertEquals("no file matches '*.tsv'", message(from + "*.tsv'"));
        assertEquals(
                "'a.json' does not show its columns: there is no JSON object in it, one a line",
                message(from + "a.json'"));
        assertEquals(
                "'b.json' does not show its columns: 'b.json' is one JSON array, and records are objects, one a line: jq -c '.[]' makes lines of it",
                message(from + "b.json'"));
        assertEquals("'c.csv' does not show its columns: there is no record in it", message(from + "c.csv'"));
        assertEquals(
                "'d.json' does not show its columns: no field has a type: 'a' becomes no column: its objects have no fields",
                message(from + "d.json'"));
        assertTrue(message(from + "e.parquet'").startsWith("'e.parquet' "), message(from + "e.parquet'"));
        assertEquals("'a.txt' does not say by its name what is in it", message("SELECT * FROM 'a.txt'"));
        assertEquals(
                "'empty' has no files that would show its columns",
                message("CREATE TABLE t WITH (connector = 'filesystem', path = '" + folder
                        + "/empty', format = 'json'); SELECT * FROM t"));
        assertEquals(
                "the columns have to be declared: standard input is read only once",
                refusal("CREATE TABLE t WITH (connector = 'filesystem', path = '-', format = 'json'); SELECT * FROM t")
                        .message());
        assertEquals(
                ErrorCode.NOT_SUPPORTED,
                refusal("CREATE TABLE t WITH (connector = 'datagen')").code());
    }

    @Test
    void noFileIsLookedAtOutsideOfTheRoots() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path outside = write("outside.csv", "k,v", "1,2");
        write("inside/a.csv", "k,v", "1,2");
        Files.createSymbolicLink(inside.resolve("link.csv"), outside);
        CompileOptions options = CompileOptions.defaults().withRoots(Roots.of(Disk.system(), List.of(inside)));

        COMPILER.compile(new SourceText("t.sql", "SELECT * FROM '" + inside + "/a.csv'"), options);
        for (String path : List.of(outside.toString(), inside + "/link.csv", inside + "/../outside.csv")) {
            SourceText text = new SourceText("t.sql", "SELECT * FROM '" + path + "'");
            String refused = assertThrows(QueryException.class, () -> COMPILER.compile(text, options))
                    .diagnostics()
                    .get(0)
                    .message();
            assertTrue(refused.contains("outside of the directories"), refused);
        }
    }
}
