package io.leat.compiler.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.catalog.TableSizes;
import io.leat.compiler.explain.Explanation;
import io.leat.grammar.source.SourceText;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which table looks which up, where sizes are known. That the answer is the same is for the corpus to show, in its mode <em>joined by size</em>. */
class JoinOrderTest {
    private static final String TABLES = """
            CREATE TABLE facts (a INT, b INT, amount INT) WITH (connector = 'filesystem', path = 'facts', format = 'json');
            CREATE TABLE mid (a INT, c INT, name STRING) WITH (connector = 'filesystem', path = 'mid', format = 'json');
            CREATE TABLE small (c INT, b INT, city STRING) WITH (connector = 'filesystem', path = 'small', format = 'json');
            CREATE TABLE input (a INT, b INT) WITH (connector = 'filesystem', path = '-', format = 'json');
            CREATE TABLE clicks (a INT, b INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
            WITH (connector = 'filesystem', path = 'clicks', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE times (a INT, b INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
            WITH (connector = 'filesystem', path = 'times', format = 'json');
            """;
    private static final Map<String, Long> ROWS =
            Map.of("facts", 1_000_000L, "mid", 10_000L, "small", 10L, "clicks", 20L, "times", 20L, "input", 5L);
    private static final TableSizes SIZES =
            table -> ROWS.containsKey(table.name()) ? OptionalLong.of(ROWS.get(table.name())) : OptionalLong.empty();
    private static final Pattern SCAN = Pattern.compile("scan (\\w+)");

    private final QueryCompiler compiler = new QueryCompiler();

    private String plan(String query, TableSizes sizes) {
        CompileOptions options = CompileOptions.defaults().withSizes(sizes);
        return Explanation.plan(compiler.compile(new SourceText("order.sql", TABLES + query), options));
    }

    /** The tables from the one whose rows go on to the one that is looked up last. */
    private List<String> order(String query, TableSizes sizes) {
        return SCAN.matcher(plan(query, sizes))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void theLargestLooksTheOthersUp() {
        String query = "SELECT city, amount FROM small, mid, facts WHERE facts.a = mid.a AND mid.c = small.c;";
        assertEquals(List.of("facts", "mid", "small"), order(query, SIZES));
        assertEquals(List.of("small", "mid", "facts"), order(query, TableSizes.UNKNOWN));
    }

    @Test
    void smallTablesAreJoinedBeforeOthersLookThemUp() {
        String plan =
                plan("SELECT city, amount FROM small, mid, facts WHERE facts.a = mid.a AND mid.c = small.c;", SIZES);
        List<Integer> depths = plan.lines()
                .filter(line -> line.contains("scan "))
                .map(line -> line.indexOf("scan "))
                .toList();
        // Both are below what facts look into.
        assertTrue(depths.get(0) < depths.get(1), plan);
        assertEquals(depths.get(1), depths.get(2), plan);
    }

    @Test
    void whatAConditionLeavesOutMakesATableSmall() {
        TableSizes alike = table -> OptionalLong.of(1_000);
        String query = "SELECT name, amount FROM facts, mid WHERE facts.a = mid.a AND ";
        assertEquals(List.of("facts", "mid"), order(query + "mid.name = 'x' AND mid.c = 3;", alike));
        assertEquals(List.of("mid", "facts"), order(query + "facts.amount = 7 AND facts.b = 3;", alike));
    }

    @Test
    void aTestOnOneTableIsMadeBeforeItIsJoined() {
        String query = "SELECT name, amount FROM facts, mid WHERE facts.a = mid.a AND mid.c IN (SELECT c FROM small);";
        assertEquals(List.of("facts", "mid", "small"), order(query, SIZES));
        String plan = plan(query, SIZES);
        assertTrue(plan.indexOf("inner join") < plan.indexOf("semi join"), plan);
        // Most of them have a partner.
        String many = plan(query.replace("mid.c IN (SELECT c FROM small)", "mid.c IN (SELECT b FROM facts)"), SIZES);
        assertTrue(many.indexOf("semi join") < many.indexOf("inner join"), many);
        String both = plan(query.replace("mid.c IN", "mid.c + facts.b IN"), SIZES);
        assertTrue(both.indexOf("semi join") < both.indexOf("inner join"), both);
    }

    @Test
    void aStreamIsNotLookedUp() {
        String query = "SELECT amount FROM clicks, mid, facts WHERE clicks.a = facts.a AND facts.b = mid.c;";
        assertEquals("clicks", order(query, SIZES).get(0));
    }

    @Test
    void whatHasATimeKeepsIt() {
        String query = "SELECT times.b FROM times, facts WHERE times.a = facts.a;";
        String windowed =
                "SELECT count(*) AS n FROM TABLE(TUMBLE(TABLE times, DESCRIPTOR(ts), INTERVAL '1' HOUR)) AS w, facts"
                        + " WHERE w.a = facts.a GROUP BY window_start, window_end;";
        assertEquals(List.of("times", "facts"), order(query, SIZES));
        assertEquals(List.of("times", "facts"), order(windowed, SIZES));
    }

    @Test
    void whatCanBeReadOnceStaysWhereItIs() {
        String query = "SELECT amount FROM input, facts WHERE input.a = facts.a;";
        assertEquals(List.of("input", "facts"), order(query, SIZES));
    }

    @Test
    void rowsThatAreTakenInTheOrderOfTheirSourceAreNotMoved() {
        String from = " FROM small, facts WHERE small.b = facts.b";
        assertEquals(List.of("small", "facts"), order("SELECT first(city) AS f" + from + ";", SIZES));
        assertEquals(
                List.of("small", "facts"),
                order("SELECT city, row_number() OVER (ORDER BY amount) AS n" + from + ";", SIZES));
        assertEquals(List.of("facts", "small"), order("SELECT max(city) AS f" + from + ";", SIZES));
    }

    @Test
    void refusedRowsAreReadWhereTheyWere() {
        String query =
                "SELECT amount FROM small, facts WHERE small.b = facts.b; SELECT count(*) AS n FROM facts$rejected;";
        assertEquals(List.of("small", "facts"), order(query, SIZES).subList(0, 2));
    }

    /** So many that not every shape is tried: a chain is joined along its links, and nothing is paired. */
    @Test
    void manyTables() {
        int count = 24;
        String tables = IntStream.range(0, count)
                .mapToObj(i -> "CREATE TABLE t" + i
                        + " (k INT, l INT) WITH (connector = 'filesystem', path = 't', format = 'json');")
                .collect(Collectors.joining("\n"));
        String from = IntStream.range(0, count)
                .mapToObj(i -> "t" + (i % 2 == 0 ? i : count - i))
                .collect(Collectors.joining(", "));
        String where = IntStream.range(1, count)
                .mapToObj(i -> "t" + (i - 1) + ".l = t" + i + ".k")
                .collect(Collectors.joining(" AND "));
        TableSizes growing = table -> OptionalLong.of(10L * (table.name().hashCode() & 1023) + 10);
        for (TableSizes sizes : List.of(growing, TableSizes.UNKNOWN)) {
            String plan = plan(tables + "SELECT t0.k FROM " + from + " WHERE " + where + ";", sizes);
            assertEquals(
                    count - 1,
                    plan.lines().filter(line -> line.contains("inner join on ")).count(),
                    plan);
            assertTrue(plan.lines().noneMatch(line -> line.contains("inner join on TRUE")), plan);
        }
    }
}
