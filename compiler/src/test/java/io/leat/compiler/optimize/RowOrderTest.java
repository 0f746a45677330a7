package io.leat.compiler.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Over;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.type.Field;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows that are equal in an order follow each other as their sources have them, as long as they are still rows of a source. */
class RowOrderTest {
    private static final List<String> PLACE = List.of("$partition", "$position");
    private static final List<String> SOURCE_AND_PLACE = List.of("$source", "$partition", "$position");

    private static final String TABLES = stream("a") + stream("b")
            + "CREATE TABLE d (k INT, name STRING) WITH (connector = 'filesystem', path = 'd', format = 'json');\n";

    private static String stream(String name) {
        return "CREATE TABLE " + name + " (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) "
                + "WITH (connector = 'filesystem', path = '" + name + "', format = 'json', 'scan.mode' = 'stream');\n";
    }

    /** The columns that say where equal rows of the query's only window function stand. */
    private static List<String> ties(String from) {
        return ties(from, "v");
    }

    private static List<String> ties(String from, String by) {
        String query = "SELECT k, LAG(k) OVER (PARTITION BY k ORDER BY " + by + ") AS n FROM " + from;
        LogicalPlan bound = new QueryCompiler()
                .compile(new SourceText("query.sql", TABLES + query), CompileOptions.defaults())
                .statements()
                .get(0)
                .bound()
                .plan();
        Over over = find(RowOrder.settle(bound)).orElseThrow();
        List<Field> columns = over.input().output();
        return over.ties().stream().map(column -> columns.get(column).name()).toList();
    }

    private static Optional<Over> find(LogicalPlan plan) {
        return plan instanceof Over over
                ? Optional.of(over)
                : plan.inputs().stream()
                        .map(RowOrderTest::find)
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    @Test
    void rowsOfASourceHaveTheirPlaceInIt() {
        assertEquals(PLACE, ties("a"));
        assertEquals(PLACE, ties("(SELECT k + 1 AS k, v FROM a WHERE v > 3)"));
    }

    @Test
    void rowsOfSeveralSourcesBeginWithTheirSource() {
        assertEquals(SOURCE_AND_PLACE, ties("(SELECT k, v FROM a UNION ALL SELECT k, v FROM b)"));
        assertEquals(SOURCE_AND_PLACE, ties("(SELECT k, v FROM a UNION ALL SELECT k, v FROM a)"));
    }

    @Test
    void rowsThatAreOnlyAddedToKeepTheirPlace() {
        assertEquals(PLACE, ties("(SELECT a.k, v FROM a JOIN d ON a.k = d.k)"));
        assertEquals(PLACE, ties("TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '5' SECOND)"));
        assertEquals(PLACE, ties("SESSION(TABLE a, DESCRIPTOR(ts), INTERVAL '5' SECOND)"));
        assertEquals(PLACE, ties("a EXPIRE AFTER INTERVAL '5' SECOND"));
    }

    @Test
    void rowsMadeOfSeveralHaveNoPlace() {
        assertEquals(List.of(), ties("(SELECT k, SUM(v) AS v FROM a GROUP BY k)"));
        assertEquals(List.of(), ties("(SELECT a.k, b.v FROM a JOIN b ON a.k = b.k)"));
        assertEquals(List.of(), ties("(SELECT DISTINCT k, v FROM a)"));
    }
}
