package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.cli.Shell.Outcome;
import io.leat.cli.SystemCalls.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that keeps its state is killed at a system call, or the call fails, as the disk of a machine would have it: whichever call that
 * is, the next start shows what one shows that nobody disturbs. The first, the last and one between of each kind of call; {@code
 * -Dcalls=all} takes each of them.
 */
class FailingCallsTest {
    private static final boolean ALL = "all".equals(System.getProperty("calls"));

    private static final int ROWS = 260;
    /** How a process ends that gets this signal. */
    private static final int KILLED = 137;

    private static final String SYNCS = "fsync,fdatasync";
    private static final String WRITES = "write,pwrite64";
    private static final String QUERY = """
            CREATE TABLE r (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
              WITH (connector = 'filesystem', path = '${dir}/in.json', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE sums (k INT, s BIGINT) WITH (connector = 'filesystem', path = '${dir}/${out}/sums', format = 'json');
            CREATE TABLE seen (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/${out}/seen', format = 'csv');
            INSERT INTO seen SELECT k, v FROM r WHERE v > 2;
            INSERT INTO sums FROM r |> CALL TUMBLE(ts, INTERVAL '5' SECOND) |> AGGREGATE sum(v) AS s GROUP BY k, window_start |> SELECT k, s;
            """;

    @TempDir
    Path directory;

    private Shell shell;
    private String query;
    private List<String> expected;

    @BeforeEach
    void runUndisturbed() throws IOException {
        assumeTrue(SystemCalls.canBeWatched(), "strace is not there, or may not look at processes");
        shell = new Shell(directory);
        query = shell.file("q.sql", QUERY);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            String ts = "2026-01-01T00:0" + row / 60 + ":" + (row % 60 < 10 ? "0" : "") + row % 60;
            lines.add("{\"k\":" + row % 7 + ",\"v\":" + row % 11 + ",\"ts\":\"" + ts + "\"}");
        }
        Files.write(directory.resolve("in.json"), lines);
        Outcome whole = shell.call(arguments("whole", false));
        assertEquals(0, whole.exitCode(), whole.errors());
        expected = rows("whole");
        assertTrue(expected.size() > ROWS / 2);
    }

    private String[] arguments(String out, boolean keeps) {
        List<String> arguments = new ArrayList<>(List.of("run", query, "-Ddir=" + directory, "-Dout=" + out));
        if (keeps) {
            arguments.addAll(List.of("--state", directory.resolve("state").toString()));
            arguments.addAll(List.of("--epoch", "1ms", "--batch-rows", "64"));
        }
        return arguments.toArray(String[]::new);
    }

    private List<String> rows(String out) throws IOException {
        List<String> rows = new ArrayList<>(StateWatch.rows(directory.resolve(out + "/sums")));
        rows.addAll(StateWatch.rows(directory.resolve(out + "/seen")));
        return rows;
    }

    /** How a run ended that is disturbed at the n-th of these calls of each thread. */
    private Ended disturbed(String calls, String how, int n) throws IOException, InterruptedException {
        delete("state");
        delete("out");
        return SystemCalls.run(
                directory,
                List.of(),
                List.of("-e", "trace=" + calls, "-e", "inject=" + calls + ":" + how + ":when=" + n),
                arguments("out", true));
    }

    private void delete(String name) throws IOException {
        if (Files.exists(directory.resolve(name))) {
            try (Stream<Path> files = Files.walk(directory.resolve(name))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void assertGoesOn(String what) throws IOException {
        Outcome next = shell.call(arguments("out", true));
        assertEquals(0, next.exitCode(), what + ": " + next.errors());
        assertEquals(expected, rows("out"), what);
        for (String table : List.of("sums", "seen")) {
            Path staging = directory.resolve("out/" + table + "/_staging");
            assertTrue(!Files.exists(staging) || StateWatch.rows(staging).isEmpty(), what);
        }
    }

    /** Which of the calls of its thread those are that concern files of the job: the ones to try. */
    private List<Integer> numbers(String calls) throws IOException, InterruptedException {
        delete("state");
        delete("out");
        Ended watched = SystemCalls.run(directory, List.of(), List.of("-e", "trace=" + calls), arguments("out", true));
        assertEquals(0, watched.exitValue(), watched.said());
        Map<String, Integer> ofThread = new TreeMap<>();
        TreeSet<Integer> found = new TreeSet<>();
        for (String call : watched.calls()) {
            int number = ofThread.merge(call.substring(0, call.indexOf(' ')), 1, Integer::sum);
            if (concernsFiles(call)) {
                found.add(number);
            }
        }
        List<Integer> numbers = List.copyOf(found);
        assertTrue(numbers.size() > 10, watched.calls().toString());
        return ALL
                ? numbers
                : List.of(numbers.get(0), numbers.get(numbers.size() / 2), numbers.get(numbers.size() * 3 / 4));
    }

    private boolean concernsFiles(String call) {
        return call.contains(directory + "/state") || call.contains(directory + "/out");
    }

    @Test
    void killedAtASync() throws IOException, InterruptedException {
        int killed = 0;
        for (int n : numbers(SYNCS)) {
            Ended ended = disturbed(SYNCS, "signal=KILL", n);
            assertTrue(List.of(0, KILLED).contains(ended.exitValue()), ended.said());
            killed += ended.exitValue() == KILLED ? 1 : 0;
            assertGoesOn("killed at sync " + n);
        }
        assertTrue(killed > 1, killed + " were killed");
    }

    /** The second time it would say that all is well: nothing is tried again. */
    @Test
    void aSyncThatFailsEndsTheRun() throws IOException, InterruptedException {
        assertEndsTheRun(SYNCS, "error=EIO", "error: ");
    }

    @Test
    void aDiskThatIsFullEndsTheRun() throws IOException, InterruptedException {
        assertEndsTheRun(WRITES, "error=ENOSPC", "No space left on device");
    }

    private void assertEndsTheRun(String calls, String how, String message) throws IOException, InterruptedException {
        int failed = 0;
        for (int n : numbers(calls)) {
            Ended ended = disturbed(calls, how, n);
            if (ended.injected().stream().anyMatch(this::concernsFiles)) {
                failed++;
                assertNotEquals(0, ended.exitValue(), ended.said());
                assertTrue(ended.said().contains(message), ended.said());
            }
            assertGoesOn(how + " at call " + n);
        }
        assertTrue(failed > 1, failed + " failed");
    }
}
