package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code leat diff}. */
class DiffTest {
    private static final String QUERY = """
            CREATE TABLE r (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
              WITH (connector = 'filesystem', path = '${dir}/in.json', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE seen (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/seen', format = 'json');
            CREATE TABLE sums (k INT, s BIGINT) WITH (connector = 'filesystem', path = '${dir}/sums', format = 'json');
            CREATE TABLE more (k INT) WITH (connector = 'filesystem', path = '${dir}/more', format = 'json');
            INSERT INTO seen SELECT k, v FROM r WHERE v > 2;
            INSERT INTO sums FROM r |> CALL TUMBLE(ts, INTERVAL '5' SECOND) |> AGGREGATE sum(v) AS s GROUP BY k, window_start |> SELECT k, s;
            """;

    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void write() throws IOException {
        shell = new Shell(directory);
        Files.writeString(
                directory.resolve("in.json"),
                "{\"k\":1,\"v\":2,\"ts\":\"2026-01-01T00:00:00\"}\n{\"k\":1,\"v\":3,\"ts\":\"2026-01-01T00:00:01\"}\n");
    }

    private Outcome diff(String before, String now, String... options) {
        List<String> arguments = new ArrayList<>(List.of("diff", before, now, "-D", "dir=" + directory));
        arguments.addAll(List.of(options));
        return shell.call(arguments.toArray(String[]::new));
    }

    private String file(String name, String query) {
        return shell.file(name, query);
    }

    @Test
    void saysOfEachOperatorWhatBecomesOfIt() {
        String before = file("before.sql", QUERY);
        Outcome same = diff(
                before,
                file(
                        "same.sql",
                        QUERY.replace("AS s GROUP BY k", "AS t GROUP BY k").replace("SELECT k, s;", "SELECT k, t;")));
        assertEquals(0, same.exitCode(), same.errors());
        assertEquals("""
                position  operator            decision  why
                1:14      scan-1 (r)          kept
                6:13      deliver-1 (seen)    kept
                7:65      aggregate-1 (sums)  kept
                7:13      deliver-2 (sums)    kept
                it goes on: for the state nothing has changed
                """, same.output());

        String now = file("now.sql", QUERY.replace("v > 2", "v > 3") + "INSERT INTO more SELECT k FROM r;");
        String table = """
                position  operator            decision  why
                1:14      scan-1 (r)          kept
                6:13      deliver-1 (seen)    changed   'filter v > 2' has become 'filter v > 3'
                7:65      aggregate-1 (sums)  kept
                7:13      deliver-2 (sums)    kept
                8:13      deliver-3 (more)    added     it begins with the rows that come now
                """;
        Outcome changed = diff(before, now);
        assertEquals(3, changed.exitCode(), changed.errors());
        assertEquals(
                table + "it goes on only with --accept-changed-query, with the state of 4 operators\n",
                changed.output());
        Outcome accepted = diff(before, now, "--accept-changed-query");
        assertEquals(0, accepted.exitCode(), accepted.errors());
        assertEquals(table + "it goes on with the state of 4 operators\n", accepted.output());
    }

    @Test
    void saysWhatIsReadAgainIfItDoesNotGoOn() {
        String before = file("before.sql", QUERY);
        String state = directory.resolve("state").toString();
        Outcome run = shell.call("run", before, "-D", "dir=" + directory, "--state", state);
        assertEquals(0, run.exitCode(), run.errors());

        Outcome refused = diff(state, file("now.sql", QUERY.replace("'5' SECOND", "'4' SECOND")));
        assertEquals(3, refused.exitCode(), refused.errors());
        assertTrue(refused.output().contains("""
                        7:65      aggregate-1 (sums)  refused   'windows' is tumbling of 4 s, and in the state tumbling of 5 s
                        7:13      deliver-2 (sums)    changed   what it takes rows from has changed
                        it does not go on; in a new state directory it reads everything again
                        """), refused.output());

        Outcome none = diff(directory.resolve("seen").toString(), before);
        assertEquals(3, none.exitCode());
        assertEquals("error: 'seen' is no state directory: it has no 'IDENTITY'\n", none.errors());
    }
}
