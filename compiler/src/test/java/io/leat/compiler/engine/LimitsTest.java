package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.bytecode.MethodBudget;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.ClassBytes;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.pipeline.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queries as large as the language promises have right answers, in methods that the JVM compiles; larger ones are refused with the
 * limit named.
 */
class LimitsTest {
    /** One row: a = 7, s = 'x'. */
    private static final String TABLE = "CREATE TABLE t (a BIGINT, s STRING); INSERT INTO t VALUES (7, 'x');\n";

    @TempDir
    Path folder;

    private QueryRuns runs;

    @BeforeEach
    void open() {
        runs = new QueryRuns(new TickingClock(1_000_000), folder);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    private static String repeated(int times, String between, IntFunction<String> part) {
        return IntStream.range(0, times).mapToObj(part).collect(Collectors.joining(between));
    }

    private static CompiledJob compile(String sql) {
        return new QueryCompiler()
                .compile(new SourceText("large.sql", sql), CompileOptions.defaults())
                .job();
    }

    /** Compiles, checks the size of every method that may run often, and runs. */
    private ResultRows run(String sql) {
        CompiledJob job = compile(sql);
        job.classes()
                .forEach((name, bytes) -> ClassBytes.read(bytes).codeSizes().forEach((method, size) -> {
                    boolean once = method.startsWith("<");
                    assertTrue(
                            once || size <= MethodBudget.HARD, () -> name + "." + method + " has " + size + " bytes");
                }));
        return runs.run(job, JobSettings.NONE).rows();
    }

    private String answer(String expression) {
        List<String> rows = run(TABLE + "SELECT " + expression + " AS x FROM t").sorted(0);
        assertEquals(1, rows.size());
        return rows.get(0);
    }

    private static void refused(ErrorCode code, String limit, String sql) {
        QueryException refused = assertThrows(QueryException.class, () -> compile(sql));
        Diagnostic first = refused.diagnostics().get(0);
        assertEquals(code, first.code(), refused.getMessage());
        assertTrue(first.message().contains(limit), first.message());
    }

    // ---- what works

    @Test
    void aTextOfAMegabyte() {
        assertEquals("1000000", answer("char_length('" + "x".repeat(1_000_000) + "')"));
    }

    @Test
    void tenThousandTerms() {
        assertEquals("70000", answer(repeated(10_000, " + ", i -> "a")));
        assertEquals("10000", answer("char_length(" + repeated(10_000, " || ", i -> "s") + ")"));
    }

    @Test
    void fiveThousandConditions() {
        assertEquals(
                "true|false",
                answer(repeated(5_000, " AND ", i -> "a <> " + (i + 10)) + ", "
                        + repeated(5_000, " OR ", i -> "a = " + (i + 10))));
    }

    @Test
    void aListOfTwentyThousandValues() {
        assertEquals("true", answer("a IN (" + repeated(20_000, ", ", i -> "" + 7 * i) + ")"));
        assertEquals("false", answer("s IN (" + repeated(20_000, ", ", i -> "'x" + i + "'") + ")"));
    }

    @Test
    void aCaseOfFiveThousandBranches() {
        assertEquals(
                "14", answer("CASE a " + repeated(5_000, " ", i -> "WHEN " + i + " THEN " + 2 * i) + " ELSE 0 END"));
    }

    @Test
    void nestingToTheDepthThatIsPromised() {
        assertEquals("407", answer("(".repeat(400) + "a" + " + 1)".repeat(400)));
        assertEquals("7", answer("abs(".repeat(300) + "a" + ")".repeat(300)));
    }

    @Test
    void fiveHundredAggregates() {
        String sums = repeated(500, ", ", i -> "sum(a + " + i + ") AS a" + i);
        String tops = repeated(500, ", ", i -> "max(s || '" + i + "') AS s" + i);
        ResultRows rows = run(TABLE + "SELECT " + sums + " FROM t; SELECT " + tops + " FROM t GROUP BY a");
        assertEquals(List.of(repeated(500, "|", i -> "" + (7 + i))), rows.sorted(0));
        assertEquals(List.of(repeated(500, "|", i -> "x" + i)), rows.sorted(1));
    }

    @Test
    void fiveThousandColumns() throws IOException {
        Files.writeString(folder.resolve("wide.json"), "{" + repeated(5_000, ",", i -> "\"c" + i + "\":" + i) + "}\n");
        String columns = repeated(5_000, ", ", i -> "c" + i + " BIGINT");
        ResultRows rows =
                run("CREATE TABLE w (" + columns + ") WITH (connector = 'filesystem', path = '${dir}/wide.json', "
                        + "format = 'json'); SELECT * FROM w");
        assertEquals(List.of(repeated(5_000, "|", Integer::toString)), rows.sorted(0));
    }

    @Test
    void fiveThousandStatements() {
        ResultRows rows = run(repeated(5_000, "\n", i -> "SELECT " + i + " AS x;"));
        assertEquals(5_000, rows.results());
        assertEquals(List.of("4999"), rows.sorted(4_999));
    }

    @Test
    void manyJoinsAndUnions() {
        String joins = repeated(40, "", i -> " JOIN t AS t" + i + " ON t.a = t" + i + ".a");
        String unions = repeated(100, "", i -> " |> UNION ALL (FROM t)");
        ResultRows rows =
                run(TABLE + "SELECT t.a FROM t" + joins + "; FROM t" + unions + " |> AGGREGATE count(*) AS n");
        assertEquals(List.of("7"), rows.sorted(0));
        assertEquals(List.of("101"), rows.sorted(1));
    }

    // ---- what is refused

    @Test
    void aTextOfEightMegabytes() {
        refused(ErrorCode.TEXT_TOO_LONG, "'text size'", "SELECT '" + "x".repeat(8 << 20) + "'");
    }

    @Test
    void aHundredThousandParentheses() {
        refused(
                ErrorCode.NESTED_TOO_DEEPLY,
                "'nesting depth'",
                "SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000));
    }

    @Test
    void aHundredThousandTerms() {
        refused(ErrorCode.TOO_LARGE, "'terms'", TABLE + "SELECT " + repeated(100_000, "+", i -> "a") + " AS x FROM t");
    }

    @Test
    void aGroupOfTextsPastItsLimit() {
        String texts = TABLE + "CREATE VIEW ten AS VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);"
                + "CREATE VIEW many AS SELECT repeat('x', 100000) AS text, x.column1 AS k FROM ten AS x JOIN ten AS y ON x.column1 <> y.column1 + 20;";
        for (String aggregate : List.of("string_agg(text, ',')", "string_agg(text, ',' ORDER BY k DESC)")) {
            DataException tooLarge =
                    assertThrows(DataException.class, () -> run(texts + "SELECT " + aggregate + " AS x FROM many"));
            assertTrue(tooLarge.getMessage().contains("more than 8 MiB"), tooLarge.getMessage());
        }
        assertEquals(
                10,
                run(texts + "SELECT k, length(string_agg(text, ',')) AS n FROM many GROUP BY k")
                        .sorted(0)
                        .size());
    }

    @Test
    void viewsThatDouble() {
        String views = repeated(
                30,
                "",
                i -> "CREATE VIEW v" + (i + 1) + " AS SELECT x.a FROM v" + i + " AS x JOIN v" + i
                        + " AS y ON x.a = y.a;\n");
        refused(ErrorCode.TOO_LARGE, "'tables'", TABLE + "CREATE VIEW v0 AS FROM t;\n" + views + "FROM v30");
    }

    @Test
    void tenThousandColumns() {
        String columns = repeated(10_000, ", ", i -> "c" + i + " BIGINT");
        refused(
                ErrorCode.TOO_LARGE,
                "'class size'",
                "CREATE TABLE w (" + columns + ") WITH (connector = 'filesystem', path = 'w.json', format = 'json'); "
                        + "SELECT * FROM w");
    }
}
