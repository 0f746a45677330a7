package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --state} says. */
class StateOptionTest {
    private static final String QUERY = """
            CREATE TABLE r (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/in.json', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE o (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/out', format = 'json');
            INSERT INTO o SELECT k, v FROM r;
            """;
    private static final String SUMS = "SELECT k, sum(v) AS s FROM r GROUP BY k;";

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("in.json"), "{\"k\":1,\"v\":2}\n{\"k\":1,\"v\":3}\n");
    }

    private Outcome run(String query, String... options) {
        Shell shell = new Shell(directory);
        String[] arguments = new String[options.length + 4];
        System.arraycopy(
                new String[] {"run", shell.file("q.sql", query), "-D", "dir=" + directory}, 0, arguments, 0, 4);
        System.arraycopy(options, 0, arguments, 4, options.length);
        return shell.call(arguments);
    }

    private Outcome keeping(String query) {
        return run(query, "--state", directory.resolve("state").toString());
    }

    /** Which table looks which up would be another one by now, and state is kept for the job as it was. */
    @Test
    void tablesMayGrowBetweenRuns() throws IOException {
        String query = """
                CREATE TABLE a (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/a.csv', format = 'csv');
                CREATE TABLE b (k INT, w INT) WITH (connector = 'filesystem', path = '${dir}/b.csv', format = 'csv');
                CREATE TABLE o (k INT, n BIGINT) WITH (connector = 'filesystem', path = '${dir}/out', format = 'json');
                INSERT INTO o SELECT a.k, count(*) FROM a, b WHERE a.k = b.k GROUP BY a.k;
                """;
        Files.writeString(directory.resolve("a.csv"), "1,2\n");
        Files.writeString(directory.resolve("b.csv"), "1,2\n".repeat(1_000));
        assertTrue(explained(query).indexOf("scan b") < explained(query).indexOf("scan a"));
        Outcome first = keeping(query);
        assertEquals(0, first.exitCode(), first.errors());
        Files.writeString(directory.resolve("a.csv"), "1,2\n".repeat(5_000));
        assertTrue(explained(query).indexOf("scan a") < explained(query).indexOf("scan b"));
        Outcome again = keeping(query);
        assertEquals(0, again.exitCode(), again.errors());
    }

    private String explained(String query) {
        return new Shell(directory)
                .input(query)
                .call("explain", "-D", "dir=" + directory, "-")
                .output();
    }

    @Test
    void saysWhatIsKeptAndHowOftenRowsCome() {
        Outcome files = keeping(QUERY);
        assertEquals(0, files.exitCode(), files.errors());
        assertTrue(
                files.errors().startsWith("state is kept in state: rows are delivered exactly once\n"), files.errors());
        Outcome again = keeping(QUERY);
        assertEquals(0, again.exitCode(), again.errors());
        assertTrue(
                again.errors()
                        .contains("note: nothing is left to do: by the state in state the job has come to its end"),
                again.errors());

        Outcome printed =
                run(QUERY + SUMS, "--state", directory.resolve("printed").toString());
        assertTrue(printed.errors().contains("'out' holds rows of another run"), printed.errors());
        Outcome other = run(
                QUERY.replace("/out", "/other") + SUMS,
                "--state",
                directory.resolve("printed").toString());
        assertEquals(0, other.exitCode(), other.errors());
        assertTrue(
                other.errors().startsWith("state is kept in printed: rows of query are delivered at least once\n"),
                other.errors());
        assertTrue(other.errors().contains("note: rows of query are delivered at least once: "), other.errors());
    }

    @Test
    void withoutItNothingIsKept() {
        assertEquals(0, run(QUERY).exitCode());
        Outcome again = run(QUERY);
        assertTrue(again.errors().contains("2 rows read"), again.errors());
        assertFalse(again.errors().contains("state"), again.errors());
    }

    @Test
    void aChangedQueryGoesOnIfThatIsMeant() {
        keeping(QUERY);
        String changed = QUERY.replace("FROM r;", "FROM r WHERE v > 2;");
        Outcome asked = keeping(changed);
        assertEquals(3, asked.exitCode(), asked.errors());
        assertTrue(
                asked.errors().contains("deliver-1 (o): 'filter v > 2' is new")
                        && asked.errors().contains("--accept-changed-query"),
                asked.errors());
        Outcome meant = run(changed, "--state", directory.resolve("state").toString(), "--accept-changed-query");
        assertEquals(0, meant.exitCode(), meant.errors());
        assertTrue(
                meant.errors().contains("note: the query has changed: deliver-1 (o): 'filter v > 2' is new"),
                meant.errors());
        Outcome alone = run(changed, "--accept-changed-query");
        assertEquals(2, alone.exitCode(), alone.errors());
    }

    @Test
    void whatCanBeReadOnlyOnceIsRefusedAtTheFirstStart() {
        Outcome pipe = keeping(QUERY.replace("${dir}/in.json", "-"));
        assertEquals(78, pipe.exitCode(), pipe.errors());
        assertTrue(pipe.errors().contains("can be read only once"), pipe.errors());
    }

    @Test
    void saysWhyItDoesNotGoOn() throws IOException {
        keeping(QUERY);
        Outcome other = keeping(QUERY.replace("v INT", "v BIGINT"));
        assertEquals(3, other.exitCode(), other.errors());
        assertTrue(
                other.errors()
                        .contains(
                                "error: state directory 'state': the query is not the one that the state was made with: "),
                other.errors());

        Path identity = directory.resolve("state/IDENTITY");
        byte[] bytes = Files.readAllBytes(identity);
        bytes[12] ^= 1;
        Files.write(identity, bytes);
        Outcome damaged = keeping(QUERY);
        assertEquals(3, damaged.exitCode(), damaged.errors());
        assertTrue(damaged.errors().contains("error: 'state/IDENTITY' is damaged: bytes 0 to "), damaged.errors());
    }

    @Test
    void saysHowTopicsAreRead() {
        String topic = """
                CREATE TABLE o (k INT) WITH (connector = 'kafka', topic = 'o', 'properties.bootstrap.servers' = '127.0.0.1:1',
                  'connect.timeout' = '1 s', format = 'json'%s);
                INSERT INTO o SELECT k FROM r;
                """;
        String read = QUERY.substring(0, QUERY.indexOf("CREATE TABLE o"));
        Outcome once = keeping(read + topic.formatted(""));
        assertEquals(69, once.exitCode(), once.errors());
        assertTrue(
                once.errors()
                        .startsWith(
                                "state is kept in state: rows are delivered exactly once; they are in topics when their"
                                        + " transaction is committed: readers need isolation.level = read_committed\n"),
                once.errors());
        Outcome again = keeping(read + topic.formatted(", 'sink.delivery-guarantee' = 'at-least-once'"));
        assertTrue(
                again.errors().startsWith("state is kept in state: rows of o are delivered at least once\n"),
                again.errors());
        Outcome refused = run(read + topic.formatted(", 'sink.delivery-guarantee' = 'exactly-once'"));
        assertEquals(78, refused.exitCode(), refused.errors());
        assertTrue(
                refused.errors().contains("needs a state directory, which a run has with --state DIR"),
                refused.errors());
    }
}
