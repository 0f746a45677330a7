package io.leat.compiler.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of the state of jobs whose sources never end; cases of the corpus all do. */
class EndlessStateTest {
    private static final String TABLES = table("o") + table("r");
    private static final String HOUR = " EXPIRE AFTER INTERVAL '1' HOUR ";

    private static String table(String name) {
        return "CREATE TABLE " + name
                + " (id INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) "
                + "WITH (connector = 'datagen');\n";
    }

    private static Compilation compile(String query) {
        return new QueryCompiler().compile(new SourceText("query.sql", TABLES + query), CompileOptions.defaults());
    }

    private static void assertSays(String text, String wanted) {
        assertTrue(text.contains(wanted), () -> "'" + wanted + "' is not in\n" + text);
    }

    private static void assertBounded(String query, String freed) {
        Compilation compilation = compile(query);
        String state = Explanation.state(compilation);
        assertEquals(List.of(), compilation.warnings());
        assertTrue(!state.contains("W1001"), state);
        assertSays(state, freed);
    }

    /** Nothing frees what the query keeps: that is warned of, and said where the state is shown. */
    private static void assertUnbounded(String query, String message, String help, String inState) {
        Compilation compilation = compile(query);
        assertEquals(1, compilation.warnings().size(), compilation.warnings()::toString);
        Diagnostic warning = compilation.warnings().get(0);
        assertEquals(ErrorCode.UNBOUNDED_STATE, warning.code());
        assertSays(warning.message(), message);
        assertSays(warning.help().orElse(""), help);
        assertSays(Explanation.state(compilation), inState);
    }

    private static void assertRefused(String query, String message, String help) {
        QueryException refused = assertThrows(QueryException.class, () -> compile(query));
        Diagnostic first = refused.diagnostics().get(0);
        assertEquals(ErrorCode.NEVER_ENDS, first.code());
        assertSays(first.message(), message);
        assertSays(first.help().orElse(""), help);
    }

    // ---- joins

    @Test
    void aJoinAsOfATimeKeepsTheLastRowOfEachKey() {
        assertBounded(
                "SELECT o.v, r.v FROM o JOIN r FOR SYSTEM_TIME AS OF o.ts ON o.id = r.id",
                "the last row of each key stays: bounded by the number of keys; EXPIRE AFTER on this side frees it");
    }

    @Test
    void aJoinAsOfATimeForgetsRowsThatExpire() {
        String query = "SELECT o.v, r.v FROM o JOIN r FOR SYSTEM_TIME AS OF o.ts" + HOUR + "ON o.id = r.id";
        assertBounded(query, "or its own time + 1 h");
        assertTrue(!Explanation.state(compile(query)).contains("stays"));
    }

    @Test
    void aJoinKeepsBothSides() {
        assertUnbounded(
                "SELECT o.v, r.v FROM o JOIN r ON o.id = r.id",
                "this join keeps the rows of both sides",
                "or write EXPIRE AFTER INTERVAL '1' DAY behind both sides",
                "left side: one entry per row, by key\n  W1001 at 3:22: nothing frees it; bound the join in time");
    }

    @Test
    void aJoinKeepsTheSideWithoutExpiry() {
        assertUnbounded(
                "SELECT o.v, r.v FROM o JOIN r" + HOUR + "ON o.id = r.id",
                "this join keeps the rows of the left side",
                "write EXPIRE AFTER INTERVAL '1' DAY behind the left side, too",
                "nothing frees it; let the rows of this side EXPIRE AFTER a time, too");
        assertUnbounded(
                "SELECT o.v, r.v FROM o" + HOUR + "JOIN r ON o.id = r.id",
                "this join keeps the rows of the right side",
                "behind the right side, too",
                "freed when the watermark of the other side passes the row's time + 59 min 59 s 999 ms");
    }

    @Test
    void aJoinOfRowsThatExpireIsBounded() {
        assertBounded(
                "SELECT o.v, r.v FROM o" + HOUR + "JOIN r" + HOUR + "ON o.id = r.id",
                "freed when the watermark of the other side passes the row's time + 59 min 59 s 999 ms");
        assertBounded(
                "SELECT o.v FROM o WHERE EXISTS (SELECT 1 FROM r" + HOUR + "WHERE o.id = r.id AND o.ts >= r.ts)",
                "passes the row's time");
    }

    @Test
    void rowsWithoutPartnerAreNotKnownBeforeTheEnd() {
        assertRefused(
                "SELECT o.v, r.v FROM o LEFT JOIN r ON o.id = r.id",
                "which rows have no partner is known at the end",
                "write EXPIRE AFTER INTERVAL '1' DAY behind both sides");
        assertRefused(
                "SELECT o.v, r.v FROM o LEFT JOIN r" + HOUR + "ON o.id = r.id",
                "which rows have no partner is known at the end",
                "behind the left side, too");
        assertEquals(
                1,
                compile("SELECT o.v, r.v FROM o" + HOUR + "LEFT JOIN r ON o.id = r.id")
                        .warnings()
                        .size());
    }

    // ---- groups

    @Test
    void groupsWithoutWindowAreKept() {
        assertUnbounded(
                "SELECT id, COUNT(*) AS n FROM o GROUP BY id EMIT CHANGES",
                "these groups are kept for ever",
                "or write EXPIRE AFTER INTERVAL '1' DAY behind the tables of the query",
                "W1001 at 3:1: nothing frees it; group by a window, or let the rows EXPIRE AFTER a time");
        assertUnbounded(
                "SELECT DISTINCT id FROM o EMIT CHANGES", "these groups", "EXPIRE AFTER", "W1001 at 3:1: nothing");
        assertUnbounded(
                "SELECT id FROM o EXCEPT SELECT id FROM r EMIT CHANGES",
                "the rows of both sides are kept for ever",
                "EXPIRE AFTER INTERVAL '1' DAY behind the tables of both queries",
                "W1001 at 3:1: nothing");
    }

    @Test
    void groupsOfRowsThatExpireAreFreed() {
        String freed = "freed when the watermark passes the end of its session, 1 h behind the last row of it";
        assertBounded("SELECT id, COUNT(*) AS n FROM o" + HOUR + "GROUP BY id", freed);
        assertBounded("SELECT DISTINCT id FROM o" + HOUR, freed);
        assertBounded("SELECT id FROM o" + HOUR + "EXCEPT SELECT id FROM r" + HOUR, freed);
    }

    @Test
    void oneGroupIsNoGrowingState() {
        assertBounded("SELECT COUNT(*) AS n FROM o EMIT CHANGES", "bounded: there is one group");
    }

    /** Each value of the one group is kept. */
    @Test
    void distinctValuesOfOneGroupGrow() {
        assertUnbounded("SELECT COUNT(DISTINCT v) AS n FROM o EMIT CHANGES", "kept for ever", "window", "W1001 at 3:1");
    }

    // ---- partitions

    @Test
    void partitionsWithoutWindowAreKept() {
        assertUnbounded(
                "SELECT id, SUM(v) OVER (PARTITION BY id ORDER BY ts) AS total FROM o EMIT CHANGES",
                "this window function keeps all rows of its partitions",
                "or write EXPIRE AFTER INTERVAL '1' DAY behind what it reads",
                "window functions: all rows of each partition\n  W1001 at 3:12: nothing frees it");
        assertUnbounded(
                "SELECT id, v FROM o QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY v) <= 3 EMIT CHANGES",
                "keeps all rows",
                "EXPIRE AFTER",
                "first rows: the first 3 rows of each partition\n  bounded by the number of partitions: W1001 at ");
    }

    @Test
    void partitionsOfRowsThatExpireAreFreed() {
        assertBounded(
                "SELECT id, v FROM o" + HOUR + "QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) = 1",
                "freed when the watermark passes the end of their window");
    }

    @Test
    void aPartitionIsNotCompleteBeforeTheEnd() {
        assertRefused(
                "SELECT id, SUM(v) OVER (PARTITION BY id ORDER BY ts) AS total FROM o",
                "window functions need all rows of a partition",
                "let its rows EXPIRE AFTER a time");
    }

    // ---- rows that leave as time passes

    private static final String YOUNG = "ts > NOW() - INTERVAL '1' HOUR";

    @Test
    void whatIsKeptOfRowsThatLeaveGoesWithThem() {
        String freed = "freed as rows leave, when the clock reaches the moments that they go by";
        String where = " FROM o WHERE " + YOUNG;
        assertBounded("SELECT id, v" + where + " EMIT CHANGES", "rows that leave: one entry per different row");
        assertBounded(
                "SELECT id, COUNT(*) AS n" + where + " GROUP BY id EMIT CHANGES",
                "groups: one entry per group\n  " + freed);
        assertBounded("SELECT DISTINCT id" + where + " EMIT CHANGES", freed);
        assertBounded(
                "SELECT id, SUM(v) OVER (PARTITION BY id ORDER BY ts) AS total" + where + " EMIT CHANGES",
                "window functions: all rows of each partition\n  " + freed);
        assertBounded(
                "SELECT o.v, r.v FROM o JOIN r ON o.id = r.id WHERE o." + YOUNG + " AND r." + YOUNG + " EMIT CHANGES",
                "right side: one entry per row, by key\n  " + freed);
    }

    @Test
    void aRowThatComesLaterAndStaysIsKeptUntilItComes() {
        assertBounded(
                "SELECT id FROM o WHERE ts < NOW() - INTERVAL '1' HOUR EMIT CHANGES",
                "rows that wait for the clock: one entry per different row");
        assertUnbounded(
                "SELECT id, COUNT(*) AS n FROM o WHERE ts < NOW() - INTERVAL '1' HOUR GROUP BY id EMIT CHANGES",
                "these groups are kept for ever",
                "group by a window",
                "nothing frees it; group by a window");
    }

    @Test
    void ofAJoinBothSidesMustLeave() {
        assertUnbounded(
                "SELECT o.v, r.v FROM o JOIN r ON o.id = r.id WHERE o." + YOUNG + " EMIT CHANGES",
                "this join keeps the rows of the right side",
                "let them leave as time passes, too",
                "nothing frees it; let the rows of this side leave as time passes, too");
    }
}
