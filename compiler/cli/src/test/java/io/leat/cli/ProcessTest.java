package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process: real pipes and real signals. */
@Tag("every-jdk")
class ProcessTest {
    /** A result every few milliseconds, for ever. */
    private static final String ENDLESS = """
            SET 'epoch' = '20 ms';
            CREATE TABLE g (id BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
              WITH (connector = 'datagen', seed = '1', 'rows-per-second' = '1000000');
            FROM g |> CALL TUMBLE(ts, INTERVAL '1' SECOND) |> AGGREGATE count(*) AS n GROUP BY window_start;
            """;

    @TempDir
    Path directory;

    /** A job that has already shown results. */
    private record Running(Process process, BufferedReader output) {
        String errorsAtEnd() throws IOException, InterruptedException {
            while (output.readLine() != null) {
                // Read to its end, so that the process is never held up.
            }
            String errors = Processes.text(process.getErrorStream());
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "still running");
            return errors;
        }
    }

    private Running running() throws IOException {
        String file = new Shell(directory).file("endless.sql", ENDLESS);
        Process process = Processes.leat("run", file, "--output", "csv").start();
        BufferedReader output = Processes.lines(process);
        assertEquals("window_start,n", output.readLine());
        assertTrue(output.readLine().startsWith("20"));
        return new Running(process, output);
    }

    @Test
    void aSignalDrainsAndReports() throws IOException, InterruptedException {
        for (String signal : new String[] {"INT", "TERM"}) {
            assumeFalse(Processes.ignores(signal), signal + " is ignored here");
            Running job = running();

            Processes.signal(job.process(), signal);
            String errors = job.errorsAtEnd();

            assertEquals(0, job.process().exitValue(), errors);
            assertTrue(errors.startsWith("stopping: what was read is worked off"), errors);
            assertTrue(errors.contains("g: ") && errors.contains(" rows read = "), errors);
            assertTrue(errors.contains(" rows printed, "), errors);
        }
    }

    @Test
    void aSecondInterruptStopsAtOnce() throws IOException, InterruptedException {
        assumeFalse(Processes.ignores("INT"), "INT is ignored here");
        // One epoch has more rows than fit into the pipe, and nobody takes them: the job cannot drain.
        String query = ENDLESS.substring(0, ENDLESS.indexOf("FROM g")) + "SELECT id, ts FROM g;";
        String file = new Shell(directory).file("flood.sql", query);
        Process process = Processes.leat("run", file, "--output", "csv").start();
        BufferedReader errors =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        assertEquals('i', process.getInputStream().read());

        Processes.signal(process, "INT");
        assertEquals("stopping: what was read is worked off; Ctrl-C again stops at once", errors.readLine());
        Processes.signal(process, "INT");
        assertEquals("stopping at once: what is not complete is dropped", errors.readLine());

        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "still running");
        assertEquals(130, process.exitValue());
    }

    @Test
    void helpLoadsNothingThatCompilesOrRuns() throws IOException, InterruptedException {
        Path loaded = directory.resolve("loaded.txt");
        Process help = Processes.java(
                        List.of("-Xlog:class+load:file=" + loaded), Processes.classPath(), Leat.class, "--help")
                .start();

        assertTrue(Processes.text(help.getInputStream()).startsWith("Usage: leat "));
        assertEquals(0, help.waitFor());
        List<String> engines = List.of(
                " org.apache.",
                " net.openhft.",
                " org.antlr.",
                " org.codehaus.",
                " com.fasterxml.",
                " io.leat.runtime.local.");
        assertEquals(
                List.of(),
                Files.readAllLines(loaded).stream()
                        .filter(line -> engines.stream().anyMatch(line::contains))
                        .toList());
    }

    @Test
    void aClosedPipeEndsTheJobQuietly() throws IOException, InterruptedException {
        Running job = running();

        job.output().close();
        String errors = Processes.text(job.process().getErrorStream());

        assertTrue(job.process().waitFor(30, TimeUnit.SECONDS), "still running");
        assertEquals("", errors);
        assertEquals(0, job.process().exitValue());
    }

    @Test
    void aQueryComesThroughAPipeAndRowsThroughAnother() throws IOException, InterruptedException {
        Process query = Processes.leat("run", "-", "--quiet").start();
        try (OutputStream in = query.getOutputStream()) {
            in.write("SELECT 6 * 7 AS answer".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals("{\"answer\":42}\n", Processes.text(query.getInputStream()));
        assertEquals("", Processes.text(query.getErrorStream()));
        assertEquals(0, query.waitFor());

        String file = new Shell(directory).file("rows.sql", """
                        CREATE TABLE t (a INT) WITH (connector = 'filesystem', path = '-', format = 'json');
                        SELECT a + 1 AS next FROM t;
                        """);
        Process rows = Processes.leat("run", file, "--output", "csv", "--quiet").start();
        try (OutputStream in = rows.getOutputStream()) {
            in.write("{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals("next\n2\n3\n\n", Processes.text(rows.getInputStream()));
        assertEquals(0, rows.waitFor(), Processes.text(rows.getErrorStream()));
    }
}
