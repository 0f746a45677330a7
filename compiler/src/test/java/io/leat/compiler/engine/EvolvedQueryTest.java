package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.local.AcceptedChanges;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.KeptState;
import io.leat.runtime.local.QueryChange;
import io.leat.runtime.local.QueryChange.Outcome;
import io.leat.runtime.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pairs of a query and the one that it becomes. What is said to become of the state is what a start does with it: that goes on exactly if
 * nothing was objected to, and what the tables show in the end is what one undisturbed run of the new query shows.
 */
class EvolvedQueryTest {
    private static final String IN = """
            CREATE TABLE r (k INT, v INT, t STRING, d DOUBLE, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '2' SECOND)
              WITH (connector = 'filesystem', path = '${dir}/in', format = 'json', 'scan.mode' = 'stream');
            """;
    private static final String OUT = """
            CREATE TABLE seen (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/out/seen', format = 'json');
            CREATE TABLE sums (k INT, a STRING, b STRING) WITH (connector = 'filesystem', path = '${dir}/out/sums', format = 'json');
            CREATE TABLE more (k INT, n BIGINT) WITH (connector = 'filesystem', path = '${dir}/out/more', format = 'json');
            """;
    private static final String AGAIN = "CREATE TABLE r_again LIKE r;\n";
    private static final String SEEN = "INSERT INTO seen SELECT k, v FROM r WHERE v > 2;\n";
    private static final String SUMS = """
            INSERT INTO sums FROM r |> CALL TUMBLE(ts, INTERVAL '5' SECOND)
              |> AGGREGATE sum(v) AS s, min(t) AS m, count(*) AS n, count(DISTINCT t) AS c, count(DISTINCT v) AS e, max(v) AS x GROUP BY k, window_start
              |> SELECT k, CAST(s AS STRING) || '/' || CAST(x AS STRING), m || '/' || CAST(n * 10000 + c * 100 + e AS STRING);
            """;
    private static final String GROUPS =
            "INSERT INTO sums SELECT k, min(t), CAST(sum(v) AS STRING) FROM r GROUP BY k EMIT FINAL;\n";
    private static final String MORE =
            "INSERT INTO more SELECT k, count(*) AS n FROM TUMBLE(TABLE r, DESCRIPTOR(ts), INTERVAL '5' SECOND) GROUP BY k, window_start;\n";
    private static final int ROWS = 90;
    private static final int EPOCHS = 9;

    @TempDir
    Path folder;

    /**
     * @param said what becomes of operators that do not just go on, one a line
     */
    private record Pair(String name, String was, String is, AcceptedChanges accepted, String said) {
        static Pair of(String name, String was, String is, String said) {
            return new Pair(name, was, is, AcceptedChanges.NONE, said);
        }

        Pair accepting() {
            return new Pair(name + ", accepted", was, is, AcceptedChanges.NONE.andChangedQuery(), said);
        }
    }

    /** Those that go on, with the rows of an undisturbed run. */
    private static List<Pair> goingOn() {
        String all = IN + OUT + SEEN + SUMS;
        String viewed = IN + OUT + "CREATE VIEW big AS SELECT k AS kind, v FROM r WHERE v > 3;\n"
                + "INSERT INTO seen SELECT kind, v FROM big;\n" + SUMS;
        String late = "AS ts - INTERVAL '2' SECOND";
        return List.of(
                Pair.of(
                        "other names of columns, aliases and views",
                        viewed,
                        viewed.replace("big", "large")
                                .replace("kind", "sort")
                                .replace(" AS s,", " AS total,")
                                .replace("CAST(s AS", "CAST(total AS"),
                        ""),
                Pair.of(
                        "another layout and order of text",
                        all,
                        IN + OUT + "-- sums\n" + SUMS.replace("\n", "\n\n") + SEEN,
                        ""),
                Pair.of(
                        "a source with another name",
                        all,
                        all.replace("TABLE r ", "TABLE rs ").replace("FROM r ", "FROM rs "),
                        "kept scan-1 (rs): it was called r"),
                Pair.of(
                        "a sink with another name",
                        all,
                        all.replace("TABLE seen", "TABLE shown").replace("INTO seen", "INTO shown"),
                        "kept deliver-1 (shown): it was called seen"),
                Pair.of(
                        "a new output from a source that is read again",
                        all,
                        IN + OUT + AGAIN + MORE.replace("TABLE r,", "TABLE r_again,") + SEEN + SUMS,
                        """
                        rebuilt scan-1 (r_again): reads r_again from its first record: 24 rows that were read as r
                        rebuilt aggregate-1 (more): from all rows of r_again
                        rebuilt deliver-1 (more): from all rows of r_again"""),
                Pair.of(
                        "aggregates in another order",
                        all,
                        all.replace(
                                "sum(v) AS s, min(t) AS m, count(*) AS n", "count(*) AS n, sum(v) AS s, min(t) AS m"),
                        "migrated aggregate-1 (sums): aggregates have other places"),
                Pair.of(
                                "an aggregate that is gone",
                                all,
                                all.replace("sum(v) AS s, min(t) AS m, count(*) AS n", "sum(v) AS s")
                                        .replace("m || '/'", "'-' || '/'")
                                        .replace("n * 10000", "10000"),
                                "migrated aggregate-1 (sums): 'aggregate 2' MIN(VARCHAR) is left out; 'aggregate 3' COUNT(*) is left out")
                        .accepting(),
                Pair.of(
                                "a set that is gone",
                                all,
                                all.replace(" count(DISTINCT t) AS c,", "").replace("c * 100", "100"),
                                "migrated aggregate-1 (sums): 'aggregate 4' COUNT(DISTINCT VARCHAR) is left out")
                        .accepting(),
                Pair.of("groups without windows", IN + OUT + GROUPS, IN + OUT + GROUPS.replace("min(t)", "'-'"), """
                        migrated aggregate-1 (sums): 'aggregate 1' MIN(VARCHAR) is left out
                        changed deliver-1 (sums): 'project [k, min, CAST(sum AS VARCHAR)]' has become""")
                        .accepting(),
                Pair.of(
                        "a longer delay",
                        all,
                        all.replace(late, "AS ts - INTERVAL '4' SECOND"),
                        "kept scan-1 (r): 'watermark delay' is 4 s, and in the state 2 s: watermarks stand until they are as far"
                                + " behind, and what was late stays so"),
                Pair.of(
                                "a shorter delay",
                                all,
                                all.replace(late, "AS ts - INTERVAL '1' SECOND"),
                                "changed scan-1 (r): 'watermark delay' is 1 s, and in the state 2 s: rows may be late from now on that"
                                        + " would not have been")
                        .accepting());
    }

    /** Those to which is objected. */
    private static List<Pair> refused() {
        String all = IN + OUT + SEEN + SUMS;
        return List.of(
                Pair.of(
                        "a new aggregate",
                        all,
                        all.replace("max(v) AS x", "max(v) AS x, avg(v) AS y")
                                .replace("m ||", "CAST(y AS STRING) || m ||"),
                        "refused aggregate-1 (sums): 'aggregate 7' is AVG(BIGINT) in 32 bytes, and in the state not there:"
                                + " nothing is known of it of the rows before"),
                Pair.of("a new operator", all, all + MORE, """
                        refused aggregate-2 (more): it is new, and has no state of the rows before: \
                        let it read r (24 rows) again, under another name (CREATE TABLE … LIKE r), or begin with the rows that come now (--accept-partial-results)
                        added deliver-3 (more): it begins with the rows that come now"""),
                Pair.of(
                        "sums that depend on the order of rows",
                        all.replace("sum(v) AS s", "sum(v) AS s, sum(d) AS f")
                                .replace("m ||", "CAST(f AS STRING) || m ||"),
                        all,
                        "refused aggregate-1 (sums): 'sums' are kept over all partitions, and in the state by source partition,"
                                + " since an aggregate has gone whose result depends on the order of rows"),
                Pair.of(
                        "an aggregate that is gone",
                        all,
                        all.replace(" count(*) AS n,", "").replace("n * 10000", "10000"),
                        "migrated aggregate-1 (sums): 'aggregate 3' COUNT(*) is left out"),
                Pair.of(
                        "a new filter",
                        all,
                        all.replace("v > 2", "v > 3"),
                        "changed deliver-1 (seen): 'filter v > 2' has become 'filter v > 3'"),
                Pair.of(
                        "another column of a sink",
                        all,
                        all.replace("TABLE seen (k INT, v INT)", "TABLE seen (k INT, w INT)"),
                        "changed deliver-1 (seen): 'columns' is k INT, w INT, and in the state k INT, v INT"),
                Pair.of(
                        "an operator made again for a table that has rows of it",
                        all,
                        IN
                                + OUT
                                + AGAIN
                                + SEEN
                                + SUMS.replace("FROM r ", "FROM r_again ").replace("'5'", "'10'"),
                        """
                        rebuilt scan-2 (r_again): reads r_again from its first record: 24 rows that were read as r
                        rebuilt aggregate-1 (sums): from all rows of r_again
                        rebuilt deliver-2 (sums): from all rows of r_again; rows that are in sums already stay there
                        dropped aggregate-1 (sums): the query does not have it any more
                        dropped deliver-2 (sums): the query does not have it any more"""));
    }

    @TestFactory
    Stream<DynamicTest> goesOnToTheSameRows() {
        return goingOn().stream()
                .map(pair -> DynamicTest.dynamicTest(pair.name(), () -> {
                    try (StateRuns runs = new StateRuns(input(pair.name()))) {
                        Path dir = dir(pair.name());
                        List<String> expected = runs.undisturbed(pair.is(), "seen", "sums", "more");
                        runs.run(pair.was(), runs.epochs(EPOCHS));
                        CompiledJob job = QueryRuns.compile(pair.is(), 1);
                        QueryChange change = change(dir, job, pair.accepted());
                        assertTrue(said(change).startsWith(pair.said().strip()), said(change));
                        assertEquals(pair.said().isEmpty(), said(change).isEmpty());
                        assertTrue(
                                change.objection().isEmpty(), change.objection().toString());
                        assertObjects(dir, job, pair);
                        // On another number of workers, and once more: what was meant is so from then on.
                        CompiledJob spread = QueryRuns.compile(pair.is(), 3);
                        runs.run(spread, runs.epochs(EPOCHS / 2).accepting(pair.accepted()));
                        assertTrue(change(dir, job, AcceptedChanges.NONE).isNone());
                        runs.run(job, runs.toTheEnd());
                        assertEquals(expected, runs.rows("seen", "sums", "more"));
                    }
                }));
    }

    /** Without what was said to be meant it does not go on, if that was asked for. */
    private static void assertObjects(Path dir, CompiledJob job, Pair pair) {
        if (!pair.accepted().equals(AcceptedChanges.NONE)) {
            assertTrue(change(dir, job, AcceptedChanges.NONE).objection().isPresent());
        }
    }

    @TestFactory
    Stream<DynamicTest> objectsAsIsSaid() {
        return refused().stream()
                .map(pair -> DynamicTest.dynamicTest(pair.name(), () -> {
                    try (StateRuns runs = new StateRuns(input(pair.name()))) {
                        runs.run(pair.was(), runs.epochs(EPOCHS));
                        CompiledJob job = QueryRuns.compile(pair.is(), 1);
                        QueryChange change = change(dir(pair.name()), job, pair.accepted());
                        assertTrue(said(change).startsWith(pair.said().strip()), said(change));
                        JobOptions options = runs.toTheEnd().accepting(pair.accepted());
                        String message = assertThrows(RuntimeException.class, () -> runs.run(job, options))
                                .getMessage();
                        assertTrue(message.endsWith(change.objection().orElseThrow()), message);
                        assertEquals(
                                said(change),
                                said(QueryChange.between(QueryRuns.compile(pair.was(), 1), job, pair.accepted()))
                                        .replace("let it read r again", "let it read r (24 rows) again")
                                        .replace("first record", "first record: 24 rows that were read as r"));
                    }
                }));
    }

    private static QueryChange change(Path dir, CompiledJob job, AcceptedChanges accepted) {
        return KeptState.read(Platform.system(), dir.resolve("state"), OptionalLong.empty())
                .changeTo(job, accepted);
    }

    private static String said(QueryChange change) {
        List<String> lines = new ArrayList<>();
        change.verdicts().stream()
                .filter(each -> each.outcome() != Outcome.KEPT || !each.reason().isEmpty())
                .filter(each -> !each.reason().equals("what it takes rows from has changed"))
                .forEach(each -> lines.add(
                        each.outcome().name().toLowerCase(Locale.ROOT) + " " + each.operator() + ": " + each.reason()));
        return String.join("\n", lines);
    }

    private Path dir(String name) {
        return folder.resolve(name.replace(' ', '-').replace(',', '-'));
    }

    private Path input(String name) throws IOException {
        Path dir = dir(name);
        Files.createDirectories(dir.resolve("in"));
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            lines.add("{\"k\":" + row % 7 + ",\"v\":" + row % 11 + ",\"t\":\"t" + row % 23 + "\",\"d\":" + row
                    + ".25,\"ts\":\"2026-01-01T00:00:" + String.format("%02d", row / 6) + "\"}");
        }
        Files.write(dir.resolve("in/a.json"), lines);
        return dir;
    }
}
