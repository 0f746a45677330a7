package io.leat.compiler.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.explain.Compilation;
import io.leat.compiler.physical.PhysicalOperator;
import io.leat.compiler.physical.PhysicalOperator.BuildTable;
import io.leat.compiler.physical.PhysicalOperator.EmitGroups;
import io.leat.compiler.physical.PhysicalOperator.JoinStreams;
import io.leat.compiler.physical.PhysicalOperator.SourceScan;
import io.leat.grammar.source.SourceText;
import org.junit.jupiter.api.Test;

/** What several statements have in common is one operator, and what only looks alike is not. */
class SharedPartsTest {
    private static final String TABLES = """
            CREATE TABLE t (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
            WITH (connector = 'filesystem', path = 't', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE d (k INT, w INT) WITH (connector = 'filesystem', path = 'd', format = 'json');
            CREATE VIEW sums AS SELECT k, window_start, window_end, COUNT(*) AS n, SUM(v) AS total, SUM(100 / v) AS parts
            FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY k, window_start, window_end;
            """;

    private final QueryCompiler compiler = new QueryCompiler();

    @Test
    void viewIsComputedOnceWithTheColumnsOfAllReaders() {
        String query = "SELECT k, n FROM sums; SELECT total FROM sums WHERE n > 1;";
        assertEquals(1, count(EmitGroups.class, query));
        assertEquals(1, count(SourceScan.class, query));
    }

    @Test
    void viewJoinedWithItselfIsComputedOnce() {
        String query = """
                CREATE TABLE e (k INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
                WITH (connector = 'kafka', topic = 'e', 'properties.bootstrap.servers' = 'none:1', format = 'json');
                CREATE VIEW counts AS SELECT k, window_start, window_end, COUNT(*) AS n
                FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY k, window_start, window_end;
                SELECT a.n FROM counts AS a JOIN counts AS b
                ON a.window_start = b.window_start AND a.window_end = b.window_end AND a.k = b.k;
                """;
        assertEquals(1, count(JoinStreams.class, query));
        assertEquals(1, count(EmitGroups.class, query));
    }

    @Test
    void groupsOverSharedGroupsAreShared() {
        String query = "CREATE VIEW most AS SELECT window_end, MAX(total) AS total FROM sums GROUP BY window_end;"
                + "SELECT total FROM most; SELECT window_end FROM most; SELECT n FROM sums;";
        assertEquals(2, count(EmitGroups.class, query));
    }

    @Test
    void joinOfStreamsIsComputedOnce() {
        String query = "CREATE VIEW pairs AS SELECT a.k, a.v AS v, b.v AS w FROM t AS a JOIN t AS b"
                + " ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '1' MINUTE;"
                + "SELECT k, v FROM pairs; SELECT k, w FROM pairs WHERE v > 3;";
        assertEquals(1, count(JoinStreams.class, query));
    }

    @Test
    void joinIsComputedOnceWhereReadersComputeWithWhatItComputes() {
        String query = "CREATE VIEW names AS SELECT CAST(v AS STRING) || '!' AS s, k, ts FROM t;"
                + "CREATE VIEW pairs AS SELECT a.k, a.s, b.s AS other, a.ts FROM names AS a JOIN names AS b"
                + " ON UPPER(a.s) = UPPER(b.s) AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '1' MINUTE;";
        assertEquals(1, count(JoinStreams.class, query + "SELECT k, UPPER(s) FROM pairs; SELECT k FROM pairs;"));
        assertEquals(2, count(JoinStreams.class, query + """
                SELECT UPPER(a.s) AS s, UPPER(b.s) AS other FROM pairs AS a JOIN pairs AS b
                ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '1' MINUTE;
                """));
    }

    @Test
    void branchesOfAForkShareWhatIsBeforeThem() {
        String query = "FROM t |> AGGREGATE COUNT(*) AS n GROUP BY k |> FORK (|> WHERE n > 1), (|> SELECT n);";
        assertEquals(1, count(EmitGroups.class, query));
    }

    @Test
    void lookupTableIsBuiltOncePerKey() {
        String query = "SELECT t.v, d.w FROM t JOIN d ON t.k = d.k; SELECT d.w FROM t LEFT JOIN d ON t.k = d.k;"
                + "SELECT d.k FROM t JOIN d ON t.v = d.w;";
        assertEquals(2, count(BuildTable.class, query));
    }

    @Test
    void whatMayFailForOneReaderIsKeptFromTheOther() {
        assertEquals(2, count(EmitGroups.class, "SELECT k, n FROM sums; SELECT parts FROM sums;"));
    }

    @Test
    void groupsOfOtherRowsAreNotShared() {
        String query = "SELECT k, COUNT(*) AS n FROM t WHERE v > 1 GROUP BY k;"
                + "SELECT k, COUNT(*) AS n FROM t WHERE v > 2 GROUP BY k;";
        assertEquals(2, count(EmitGroups.class, query));
    }

    @Test
    void changesAreNotSharedWithFinalRows() {
        String query = "CREATE VIEW all_time AS SELECT k, COUNT(*) AS n FROM d GROUP BY k;"
                + "SELECT k, n FROM all_time; SELECT k, n FROM all_time EMIT CHANGES;";
        assertEquals(2, count(EmitGroups.class, query));
    }

    @Test
    void tableInMemoryThatGrowsIsNotTheSame() {
        String query = "CREATE TABLE kept (v INT); INSERT INTO kept SELECT k FROM d; SELECT SUM(v) AS s FROM kept;"
                + "INSERT INTO kept SELECT w FROM d; SELECT SUM(v) AS s FROM kept;";
        assertEquals(2, count(EmitGroups.class, query));
    }

    private long count(Class<? extends PhysicalOperator> kind, String query) {
        Compilation compiled =
                compiler.compile(new SourceText("shared.sql", TABLES + query), CompileOptions.defaults());
        return compiled.physical().phases().stream()
                .flatMap(phase -> phase.operators().stream())
                .filter(kind::isInstance)
                .count();
    }
}
