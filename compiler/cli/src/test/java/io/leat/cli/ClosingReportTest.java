package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job says when it has ended: what became of every row, and nothing that is not known. */
class ClosingReportTest {
    @TempDir
    Path directory;

    /** The report without times, which are different each time. */
    private static String withoutTimes(String errors) {
        return errors.replaceAll("in [\\d.]+ s\\b", "in TIME").replaceAll("[\\d,]+ rows/s", "RATE");
    }

    @Test
    void everyRowIsInOneOfTheNumbers() {
        Shell shell = new Shell(directory);
        String rows = """
                {"k": 1, "ts": "2026-01-31T12:00:01"}
                {"k": 2, "ts": "2026-01-31T12:00:12"}
                {"k": 1, "ts": "2026-01-31T12:00:09"}
                {"k": 3, "ts": "2026-01-31T12:00:13"}
                {"k": 0, "ts": "2026-01-31T12:00:14"}
                broken
                {"k": "text", "ts": "2026-01-31T12:00:15"}
                {"k": 4}
                []
                """;
        String query = """
                CREATE TABLE clicks (k INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
                  WITH (connector = 'filesystem', path = '%s', format = 'json', 'scan.mode' = 'stream');
                CREATE TABLE names (k INT, name STRING);
                INSERT INTO names VALUES (1, 'one'), (2, 'two');
                FROM clicks |> WHERE k > 0 |> JOIN names ON clicks.k = names.k
                |> CALL TUMBLE(ts, INTERVAL '10' SECOND) |> AGGREGATE count(*) AS n GROUP BY window_start;
                """.formatted(shell.file("clicks.json", rows));

        Outcome outcome = shell.run(query);

        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertEquals("""
                clicks: 9 rows read = 2 taken + 2 filtered (1 of them without a match in a join) + 1 late + 4 rejected
                  rejected: clicks.json at 190: MALFORMED: not a well-formed record
                  rejected: clicks.json at 197: TYPE_MISMATCH(k): not a value of type INT
                  rejected: clicks.json at 240: NULL_EVENT_TIME: the event time is NULL
                  and 1 more: FROM clicks$rejected shows them all
                wrote names: 2 rows in memory
                2 rows printed, 9 rows read in TIME, RATE
                """, withoutTimes(outcome.errors()));
    }

    @Test
    void aJobWithoutSourcesSaysWhatItWrote() {
        Shell shell = new Shell(directory);
        String query = """
                CREATE TABLE o (a INT) WITH (connector = 'filesystem', path = '%s', format = 'json');
                INSERT INTO o VALUES (1), (2);
                """.formatted(shell.path("o.json"));

        assertEquals(
                "wrote o: 2 rows in o.json\ndone in TIME\n",
                withoutTimes(shell.run(query).errors()));
        assertEquals(
                "1 row printed in TIME\n",
                withoutTimes(shell.run("SELECT 1 AS a").errors()));
    }

    @Test
    void quietSaysNothingAndVerboseSaysMore() {
        Shell shell = new Shell(directory);

        assertEquals("", shell.run("SELECT 1 AS a", "--quiet").errors());
        String verbose = shell.run("SELECT 1 AS a", "--verbose").errors();
        assertTrue(verbose.startsWith("compiled stdin in "), verbose);
    }
}
