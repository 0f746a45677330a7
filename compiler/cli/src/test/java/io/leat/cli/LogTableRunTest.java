package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables with a log from the outside: written by one run, and read by others in each way. */
class LogTableRunTest {
    private static final String TABLE =
            "CREATE TABLE t (id BIGINT, text STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)"
                    + " WITH (connector = 'filesystem', path = '${dir}/t', format = 'csv', 'csv.header' = 'true', 'log' = 'true'";
    private static final String READ = TABLE + ", 'scan.mode' = '${mode}');\n";

    @TempDir
    Path directory;

    private Outcome run(String query, String... more) {
        String text = query.replace("${dir}", directory.toString());
        return new Shell(directory).run(text, more);
    }

    private void insert(int id, String text, String time) {
        Outcome outcome =
                run(TABLE + ");\nINSERT INTO t SELECT " + id + ", " + text + ", TIMESTAMP '2026-01-01 " + time + "'");
        assertEquals(0, outcome.exitCode(), outcome.errors());
    }

    private List<String> read(String mode, String query, String... more) {
        Outcome outcome = run(READ.replace("${mode}", mode) + query, more);
        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertFalse(outcome.errors().contains("rejected"), outcome.errors());
        return outcome.output().lines().toList();
    }

    @Test
    void eachFileHasAHeaderAlsoWhereSeveralAreReadAsOne() {
        insert(1, "'a' || chr(10) || 'b'", "00:00:01");
        insert(2, "NULL", "00:00:02");
        insert(3, "'c'", "00:00:03");
        List<String> expected =
                List.of("{\"id\":1,\"text\":\"a\\nb\"}", "{\"id\":2,\"text\":null}", "{\"id\":3,\"text\":\"c\"}");
        assertEquals(expected, read("bounded", "SELECT id, text FROM t"));
        assertEquals(expected, read("stream", "SELECT id, text FROM t", "--until", "now"));
    }

    @Test
    void theOrderOfTheLogSaysWhatIsLate() {
        insert(1, "'a'", "00:00:01");
        insert(2, "'b'", "00:00:09");
        insert(3, "'c'", "00:00:02");
        insert(4, "'d'", "00:00:10");
        String query = "FROM t |> CALL TUMBLE(ts, INTERVAL '5' SECOND)"
                + " |> AGGREGATE count(*) AS n GROUP BY window_start |> SELECT n;\nSELECT id FROM t$late";
        for (String workers : List.of("1", "3")) {
            List<String> rows = read("stream", query, "--until", "now", "--parallelism", workers);
            assertEquals(
                    List.of("{\"id\":3}", "{\"n\":1}", "{\"n\":1}", "{\"n\":1}"),
                    rows.stream().filter(row -> row.startsWith("{")).sorted().toList());
        }
        List<String> bounded = read("bounded", query.replace(";\nSELECT id FROM t$late", ""));
        assertEquals(
                List.of("{\"n\":1}", "{\"n\":1}", "{\"n\":2}"),
                bounded.stream().sorted().toList());
    }

    @Test
    void whatTheTransportKnowsIsOfTheFile() {
        insert(1, "'a'", "00:00:01");
        insert(2, "'b'", "00:00:02");
        String with = READ.replace("ts TIMESTAMP(3),", "ts TIMESTAMP(3), name STRING METADATA FROM 'file.name',");
        String query = "SELECT count(DISTINCT name) AS names FROM t";
        for (String mode : List.of("bounded", "stream")) {
            Outcome outcome = run(with.replace("${mode}", mode) + query, "--until", "now");
            assertEquals(0, outcome.exitCode(), outcome.errors());
            assertTrue(outcome.output().contains("{\"names\":2}"), outcome.output());
        }
    }
}
