package io.leat.compiler.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.grammar.source.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of joins that ask a database for keys; the corpus, where every query runs, has none. */
class LookupTextTest {
    private static final String ORDERS = """
            CREATE TABLE o (id INT, uid BIGINT, a STRING, ts TIMESTAMP(3), p AS PROCTIME(),
              WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH (connector = 'datagen');
            """;

    private static Compilation compile(String cache, String query) {
        String users =
                "CREATE TABLE users (id BIGINT, name STRING, age INT) WITH (connector = 'jdbc', url = 'jdbc:none:',"
                        + " 'table-name' = 'users'" + cache + ");\n";
        return new QueryCompiler()
                .compile(new SourceText("query.sql", ORDERS + users + query), CompileOptions.defaults());
    }

    private static void assertSays(String text, String wanted) {
        assertTrue(text.contains(wanted), () -> "'" + wanted + "' is not in\n" + text);
    }

    @Test
    void saysWhatIsAskedForAndWhatIsRemembered() {
        Compilation compilation = compile(
                ", 'lookup.cache' = 'PARTIAL', 'lookup.partial-cache.max-rows' = 1000,"
                        + " 'lookup.partial-cache.expire-after-write' = '10 min'",
                "SELECT o.id, u.name FROM o LEFT JOIN users FOR SYSTEM_TIME AS OF o.p AS u"
                        + " ON o.uid = u.id AND u.name = upper(o.a) AND u.age > o.id");
        assertEquals(List.of(), compilation.warnings());
        assertSays(Explanation.plan(compilation), "left lookup of id = uid AND name = $key2, where age > id");
        assertSays(
                Explanation.physical(compilation),
                "asks users (jdbc) for the keys of a batch at once, remembers 1000 rows a worker for 10 min");
        assertSays(Explanation.state(compilation), "bounded by 1000 rows a worker, in memory and not in snapshots");
    }

    /** Late rows are refused only where something that follows goes by event time. */
    @Test
    void refusesLateRowsInFrontOfWindows() {
        String lookup =
                "SELECT o.ts, u.name FROM o JOIN users FOR SYSTEM_TIME AS OF PROCTIME() AS u ON u.id = o.uid + 1";
        Compilation windows = compile(
                "",
                "SELECT window_end, name, count(*) AS n FROM TABLE(TUMBLE((" + lookup
                        + "), DESCRIPTOR(ts), INTERVAL '5' SECOND)) GROUP BY window_start, window_end, name");
        assertSays(Explanation.physical(windows), "keep [ts, $key1] by [$key1], late rows refused");
        assertSays(Explanation.state(windows), "lookup in users: no state");
        String alone = Explanation.physical(compile("", lookup));
        assertTrue(!alone.contains("late rows refused"), alone);
    }

    @Test
    void readsTheTableAsAWholeWithoutATime() {
        Compilation compilation = compile("", "SELECT o.id, u.name FROM o JOIN users AS u ON o.uid = u.id");
        assertSays(Explanation.plan(compilation), "inner join on uid = id");
    }

    @Test
    void asksOnlyForRowsThatPassWhatIsAskedOfThem() {
        String text = Explanation.plan(compile(
                "",
                "SELECT o.id, u.name FROM o JOIN users FOR SYSTEM_TIME AS OF o.p AS u ON o.uid = u.id"
                        + " WHERE o.a = 'x' AND u.age > 7 AND o.uid = 5"));
        assertTrue(text.indexOf("age > 7") < text.indexOf("inner lookup of id = uid"), text);
        assertTrue(text.indexOf("inner lookup of id = uid") < text.indexOf("(a = 'x') AND (uid = 5)"), text);
    }
}
