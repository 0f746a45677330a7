package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The 22 queries of TPC-H as they stand in {@code examples/tpch}, run by the command over files of CSV and of Parquet: each answers as DuckDB
 * does over the same rows, in the same order. {@code -Dtpch.scale=1} for a gigabyte of them.
 */
class TpchTest {
    private static final double SCALE = Double.parseDouble(System.getProperty("tpch.scale", "0.02"));
    private static final Path EXAMPLES = Path.of("..", "..", "examples", "tpch");
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE (\\w+) (\\(.*?\\))\\s*WITH");
    /** DuckDB takes means and quotients of decimals as DOUBLE; here they have six digits behind the point. */
    private static final double TOLERANCE = 1e-6;

    @TempDir
    static Path folder;

    private static Connection database;
    private static String tables;

    /** A row of DuckDB, and which of its columns are of floating point. */
    private record Expected(List<List<String>> rows, List<Boolean> rounded) {}

    @BeforeAll
    static void writeTables() throws IOException, SQLException {
        TpchData.write(folder, SCALE);
        tables = Files.readString(EXAMPLES.resolve("tables.sql"));
        database = DriverManager.getConnection("jdbc:duckdb:");
        execute("SET threads = 1");
        List<MatchResult> declared =
                TABLE.matcher(tables.replace("\n", " ")).results().toList();
        assertEquals(8, declared.size());
        for (MatchResult table : declared) {
            String name = table.group(1);
            execute("CREATE TABLE " + name + " " + table.group(2));
            execute("COPY " + name + " FROM '" + folder.resolve(name + ".csv") + "' (FORMAT csv, HEADER false)");
            execute("COPY " + name + " TO '" + folder.resolve(name + ".parquet") + "' (FORMAT parquet)");
        }
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<String> queries() {
        return IntStream.rangeClosed(1, 22).mapToObj(number -> "q" + number).toList();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void answersAsDuckDbDoes(String query) throws IOException, SQLException {
        String text = Files.readString(EXAMPLES.resolve(query + ".sql"));
        Expected expected = expected(text);
        // At a small scale q17, q18 and the like may have few rows, but none has none.
        assertTrue(expected.rows().size() > 0, query + " expects nothing");
        check(query + " over CSV", expected, tables + text, "1");
        String columnar = tables.replace("format = 'csv', 'csv.header' = 'false'", "format = 'parquet'")
                .replace(".csv'", ".parquet'");
        check(query + " over Parquet", expected, columnar + text, "3");
    }

    private static void check(String who, Expected expected, String text, String workers) {
        Outcome outcome =
                new Shell(folder).run(text, "-D", "dir=" + folder, "--output", "tsv", "--parallelism", workers);
        assertEquals(0, outcome.exitCode(), () -> who + ": " + outcome.errors());
        // The names, the rows, and an empty line behind them.
        List<String> lines = outcome.output().lines().toList();
        List<List<String>> rows = lines.subList(1, lines.size() - 1).stream()
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
        for (int i = 0; i < Math.min(rows.size(), expected.rows().size()); i++) {
            checkRow(who + ", row " + i, expected.rows().get(i), rows.get(i), expected.rounded());
        }
        assertEquals(expected.rows().size(), rows.size(), who + ": rows");
    }

    private static void checkRow(String who, List<String> expected, List<String> actual, List<Boolean> rounded) {
        for (int i = 0; i < expected.size(); i++) {
            String message = who + ": expected " + expected + ", but was " + actual;
            if (rounded.get(i) && expected.get(i) != null) {
                double wanted = Double.parseDouble(expected.get(i));
                double off = Math.abs(wanted - new BigDecimal(actual.get(i)).doubleValue());
                assertTrue(off <= TOLERANCE * Math.max(1, Math.abs(wanted)), message);
            } else {
                assertEquals(expected.get(i) == null ? "" : expected.get(i), actual.get(i), message);
            }
        }
    }

    /** The answer to the last statement; those before it are views. */
    private static Expected expected(String text) throws SQLException {
        String[] statements = text.strip().split(";\\s*");
        for (int i = 0; i < statements.length - 1; i++) {
            execute(statements[i]);
        }
        List<List<String>> rows = new ArrayList<>();
        List<Boolean> rounded = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery(statements[statements.length - 1])) {
            int width = result.getMetaData().getColumnCount();
            for (int i = 1; i <= width; i++) {
                rounded.add(result.getMetaData().getColumnType(i) == Types.DOUBLE);
            }
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
        }
        return new Expected(rows, rounded);
    }
}
