package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code leat explain} and {@code EXPLAIN} show the same text, and run nothing. */
class ExplainTest {
    private static final String TABLE =
            "CREATE TABLE t (k STRING, v INT) WITH (connector = 'filesystem', path = 'missing.csv', format = 'csv');\n";
    private static final String QUERY = "SELECT k, sum(v) AS total FROM t WHERE v > 1 GROUP BY k";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "'', plan, aggregate [SUM(CAST(v AS BIGINT))] by [k]",
        "rules, rules, as written",
        "physical, physical, 'emit groups [k, sum]'",
        "code, code, public final class Q_P2 extends SourcePipeline {",
        "state, state, one entry per group",
        "changelog, changelog, '-> append, when all is final'",
        "delivery, delivery, 'printed: at least once, with --state'"
    })
    void aStatementSaysWhatTheFlagSays(String view, String column, String expected) {
        Shell shell = new Shell(directory);
        String file = shell.file("q.sql", TABLE + QUERY + ";");
        Outcome flag = view.isEmpty() ? shell.call("explain", file) : shell.call("explain", file, "--" + view);
        assertEquals(0, flag.exitCode(), flag.errors());
        assertTrue(flag.output().contains(expected), flag.output());

        // As long as the query stands at the same place, both texts are the same.
        String statement = "EXPLAIN " + view;
        String asked = shell.file("q.sql", TABLE.stripTrailing() + statement + "\n" + QUERY + ";");
        Outcome answer = shell.call("run", asked, "--output", "tsv");

        assertEquals(0, answer.exitCode(), answer.errors());
        String lines = answer.output()
                .lines()
                .map(line -> line.equals("\"\"") ? "" : unquoted(line))
                .reduce("", (all, line) -> all + line + "\n");
        assertEquals(column + "\n" + flag.output().stripTrailing(), lines.stripTrailing());
    }

    private static String unquoted(String line) {
        boolean quoted = line.startsWith("\"") && line.endsWith("\"");
        return quoted ? line.substring(1, line.length() - 1).replace("\"\"", "\"") : line;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            filesystem | path = '${where}/out', format = 'json'   | filesystem: exactly once, with --state
            filesystem | path = 'out.csv.gz', format = 'csv'      | filesystem: refused, with --state
            filesystem | path = '-', format = 'csv'               | filesystem: at least once, with --state
            kafka | topic = 't', 'bootstrap.servers' = 'h:1', format = 'csv' | readers need isolation.level = read_committed
            kafka | topic = 't', 'bootstrap.servers' = 'h:1', format = 'csv', 'sink.delivery-guarantee' = 'at-least-once' | kafka: at least once, with --state
            jdbc       | url = 'jdbc:x', 'table-name' = 'o'       | jdbc: exactly once, with --state
            jdbc       | url = 'jdbc:x', 'table-name' = 'o'       | rows are written at least once
            """)
    void deliveryDependsOnTheTable(String connector, String options, String expected) {
        String table = "CREATE TABLE o (k STRING) WITH (connector = '" + connector + "', " + options + ");\n";
        Shell shell = new Shell(directory);
        String file = shell.file("q.sql", TABLE + table + "INSERT INTO o SELECT k FROM t;");
        Outcome outcome = shell.call("explain", file, "--delivery");
        assertTrue((outcome.output() + outcome.errors()).contains(expected), outcome.output() + outcome.errors());
    }

    @Test
    void whatIsExplainedIsNotRunAndNotThere() {
        Shell shell = new Shell(directory);
        Path written = directory.resolve("out.json");
        String query = TABLE + """
                CREATE TABLE o (k STRING) WITH (connector = 'filesystem', path = '%s', format = 'json');
                CREATE TABLE m (k STRING);
                INSERT INTO m VALUES ('kept');
                EXPLAIN INSERT INTO o SELECT k FROM t;
                EXPLAIN INSERT INTO m SELECT k FROM t;
                EXPLAIN CREATE TABLE n AS SELECT k FROM t;
                SELECT k FROM m;
                """.formatted(written);

        Outcome outcome = shell.run(query, "--output", "csv");

        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.output().endsWith("k\nkept\n\n"), outcome.output());
        assertFalse(Files.exists(written));
        Outcome missing = shell.run("EXPLAIN CREATE TABLE n AS SELECT 1 AS a; SELECT a FROM n;");
        assertEquals(65, missing.exitCode());
        assertTrue(missing.errors().contains("no table or view 'n'"), missing.errors());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EXPLAIN ANALYZE SELECT 1 AS a      | there is no EXPLAIN ANALYZE
            EXPLAIN STAET SELECT 1 AS a        | help: did you mean 'STATE'?
            EXPLAIN CREATE VIEW v AS SELECT 1 AS a | there is nothing to explain
            EXPLAIN SELECT nosuch              | no column 'nosuch'
            """)
    void whatCannotBeExplainedIsSaid(String query, String expected) {
        Outcome outcome = new Shell(directory).run(query);

        assertEquals(65, outcome.exitCode());
        assertTrue(outcome.errors().contains(expected), outcome.errors());
    }
}
