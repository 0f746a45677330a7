package io.leat.compiler.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.grammar.source.SourceText;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Within a pipeline a value is computed in one place, whatever steps lie between those who ask for it. */
class ComputedOnceTest {
    private static final String TABLES = """
            CREATE TABLE t (a INT, s STRING, list ARRAY<INT>, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
            WITH (connector = 'filesystem', path = 't', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE u (a INT, name STRING) WITH (connector = 'filesystem', path = 'u', format = 'json');
            """;
    private static final Pattern UPPER = Pattern.compile("TextCase\\.upper\\(");

    private final QueryCompiler compiler = new QueryCompiler();

    @Test
    void belowALookupAndAboveIt() {
        assertEquals(1, timesUpper("SELECT UPPER(t.s) AS s, u.name FROM t JOIN u ON t.a = u.a WHERE UPPER(t.s) > 'B'"));
        assertEquals(
                1,
                timesUpper("SELECT UPPER(t.s) AS s, u.name FROM t LEFT JOIN u ON UPPER(t.s) = u.name AND t.a < u.a"));
    }

    @Test
    void belowWindowsAndAboveThem() {
        assertEquals(1, timesUpper("""
                SELECT window_end, UPPER(s) AS s, COUNT(*) AS n, MAX(window_end - window_start) AS size
                FROM HOP(t, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE)
                WHERE UPPER(s) > 'B' GROUP BY UPPER(s), window_end"""));
    }

    @Test
    void belowElementsAndAboveThem() {
        assertEquals(1, timesUpper("""
                SELECT UPPER(s) AS s, x FROM t CROSS JOIN UNNEST(list) AS e (x) WHERE UPPER(s) > 'B'"""));
    }

    @Test
    void ofAColumnThatIsPassedOn() {
        assertEquals(1, timesUpper("""
                SELECT UPPER(x.s) AS u FROM (SELECT a, s FROM t WHERE UPPER(s) LIKE 'B%') AS x
                LEFT JOIN t AS r ON x.a = r.a"""));
    }

    @Test
    void ofWhatIsNotTheSame() {
        assertEquals(2, timesUpper("SELECT UPPER(t.s) AS s, UPPER(u.name) AS name FROM t JOIN u ON t.a = u.a"));
    }

    private long timesUpper(String query) {
        List<GeneratedClass> generated = compiler.compile(
                        new SourceText("once.sql", TABLES + query), CompileOptions.defaults())
                .generated();
        return generated.stream()
                .mapToLong(each -> UPPER.matcher(each.source()).results().count())
                .sum();
    }
}
