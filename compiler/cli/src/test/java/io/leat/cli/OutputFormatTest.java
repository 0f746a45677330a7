package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.cli.Shell.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What results look like in each format, down to the byte. The expected texts are written by hand. */
class OutputFormatTest {
    /** All that is special somewhere: quotes, separators, line ends, markup, NULL beside empty text, a second and an empty result. */
    private static final String QUERIES = """
            CREATE TABLE t (name STRING, n INT, price DECIMAL(10, 2), ok BOOLEAN, at TIMESTAMP(3));
            INSERT INTO t VALUES
              ('plain', 1, 2.50, TRUE, TIMESTAMP '2026-01-31 12:00:00.123'),
              ('a "b", c', -20, NULL, FALSE, NULL),
              ('', NULL, 1000.00, NULL, NULL),
              (NULL, 2147483647, 0.05, NULL, NULL);
            SELECT name, n, price, ok, at FROM t;
            SELECT 'x' AS marker;
            SELECT n FROM t WHERE n = 0;
            """;

    @TempDir
    Path directory;

    private String shown(String query, String format) {
        Outcome outcome = new Shell(directory).run(query, "--output", format);
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome.output();
    }

    @Test
    void csv() {
        assertEquals("""
                name,n,price,ok,at
                plain,1,2.50,true,2026-01-31T12:00:00.123
                "a ""b"", c",-20,,false,
                "",,1000.00,,
                ,2147483647,0.05,,

                marker
                x

                n

                """, shown(QUERIES, "csv"));
    }

    @Test
    void tsv() {
        assertEquals("""
                name\tn\tprice\tok\tat
                plain\t1\t2.50\ttrue\t2026-01-31T12:00:00.123
                "a ""b"", c"\t-20\t\tfalse\t
                ""\t\t1000.00\t\t
                \t2147483647\t0.05\t\t

                marker
                x

                n

                """, shown(QUERIES, "tsv"));
    }

    @Test
    void ndjson() {
        assertEquals("""
                {"name":"plain","n":1,"price":2.50,"ok":true,"at":"2026-01-31T12:00:00.123"}
                {"name":"a \\"b\\", c","n":-20,"price":null,"ok":false,"at":null}
                {"name":"","n":null,"price":1000.00,"ok":null,"at":null}
                {"name":null,"n":2147483647,"price":0.05,"ok":null,"at":null}
                {"marker":"x"}
                """, shown(QUERIES, "ndjson"));
    }

    @Test
    void box() {
        assertEquals("""
                ┌──────────┬────────────┬─────────┬───────┬─────────────────────────┐
                │ name     │          n │   price │ ok    │ at                      │
                ├──────────┼────────────┼─────────┼───────┼─────────────────────────┤
                │ plain    │          1 │    2.50 │ true  │ 2026-01-31T12:00:00.123 │
                │ a "b", c │        -20 │    NULL │ false │ NULL                    │
                │          │       NULL │ 1000.00 │ NULL  │ NULL                    │
                │ NULL     │ 2147483647 │    0.05 │ NULL  │ NULL                    │
                └──────────┴────────────┴─────────┴───────┴─────────────────────────┘

                ┌────────┐
                │ marker │
                ├────────┤
                │ x      │
                └────────┘

                ┌───┐
                │ n │
                ├───┤
                └───┘

                """, shown(QUERIES, "box"));
    }

    @Test
    void markdown() {
        assertEquals("""
                | name     |          n |   price | ok    | at                      |
                |----------|-----------:|--------:|-------|-------------------------|
                | plain    |          1 |    2.50 | true  | 2026-01-31T12:00:00.123 |
                | a "b", c |        -20 |    NULL | false | NULL                    |
                |          |       NULL | 1000.00 | NULL  | NULL                    |
                | NULL     | 2147483647 |    0.05 | NULL  | NULL                    |

                | marker |
                |--------|
                | x      |

                | n |
                |--:|

                """, shown(QUERIES, "markdown"));
    }

    @Test
    void changesHaveAnOperationInFront() {
        String query = """
                CREATE TABLE t (k STRING, v INT);
                INSERT INTO t VALUES ('a', 1);
                SELECT k, sum(v) AS total FROM t GROUP BY k EMIT CHANGES;
                """;

        assertEquals("op,k,total\n+I,a,1\n\n", shown(query, "csv"));
    }

    @Test
    void instantsAreShownInTheZoneOfTheJob() {
        String query = "SELECT TO_TIMESTAMP_LTZ(0, 3) AS at";

        assertEquals("at\n1970-01-01T00:00:00Z\n\n", shown(query, "csv"));
        assertEquals("at\n1970-01-01T05:30:00+05:30\n\n", shown("SET 'zone' = 'Asia/Kolkata'; " + query, "csv"));
    }

    @Test
    void whatMovesTheCursorIsEscapedForPeopleAndKeptForPrograms() {
        String query = "SELECT 'red' || chr(27) || '[31m' AS a, 'one' || chr(10) || 'two' AS b";

        assertEquals("a,b\nred\u001b[31m,\"one\ntwo\"\n\n", shown(query, "csv"));
        assertEquals("{\"a\":\"red\\u001B[31m\",\"b\":\"one\\ntwo\"}\n", shown(query, "ndjson"));
        assertEquals("""
                ┌───────────────┬──────────┐
                │ a             │ b        │
                ├───────────────┼──────────┤
                │ red\\u001B[31m │ one\\ntwo │
                └───────────────┴──────────┘

                """, shown(query, "box"));
    }

    @Test
    void markupIsTextInMarkdown() {
        assertEquals("""
                | a                            |
                |------------------------------|
                | \\*bold\\* \\| \\<b\\> snake_case |

                """, shown("SELECT '*bold* | <b> snake_case' AS a", "markdown"));
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        assertEquals("""
                ┌────────┬───┐
                │ a      │ b │
                ├────────┼───┤
                │ 東京 é │ x │
                └────────┴───┘

                """, shown("SELECT '東京 é' AS a, 'x' AS b", "box"));
    }

    @Test
    void aTerminalShowsABoxNoWiderThanItIs() {
        Terminal narrow = new Terminal(true, false, 24, false);
        Outcome outcome = new Shell(directory)
                .terminal(narrow)
                .run("SELECT 'short' AS a, 'a text that is much too long for it' AS b");

        assertEquals("""
                ┌───────┬──────────────┐
                │ a     │ b            │
                ├───────┼──────────────┤
                │ short │ a text that… │
                └───────┴──────────────┘

                """, outcome.output());
    }

    @Test
    void textGivesWayBeforeNumbers() {
        Terminal narrow = new Terminal(true, false, 34, false);
        Outcome outcome = new Shell(directory)
                .terminal(narrow)
                .run("SELECT 'a text that gives way' AS t, 123456789012345678 AS n");

        assertEquals("""
                ┌───────────┬────────────────────┐
                │ t         │                  n │
                ├───────────┼────────────────────┤
                │ a text t… │ 123456789012345678 │
                └───────────┴────────────────────┘

                """, outcome.output());
    }

    @Test
    void aPipeGetsALinePerRow() {
        assertEquals("{\"a\":1}\n", new Shell(directory).run("SELECT 1 AS a").output());
    }
}
