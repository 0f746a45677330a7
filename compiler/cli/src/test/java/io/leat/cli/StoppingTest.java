package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import io.leat.cli.Signals.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that never ends is ended by requests, or because nobody reads its results. Real signals are in {@link ProcessTest}. */
class StoppingTest {
    private static final String ENDLESS = """
            SET 'epoch' = '20 ms';
            CREATE TABLE g (id BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
              WITH (connector = 'datagen', seed = '1', 'rows-per-second' = '1000000', 'fields.id.min' = '0', 'fields.id.max' = '9');
            FROM g |> WHERE id < 5 |> CALL TUMBLE(ts, INTERVAL '1' SECOND) |> AGGREGATE count(*) AS n GROUP BY window_start;
            """;
    private static final Pattern ACCOUNT =
            Pattern.compile("g: ([\\d,]+) rows? read = ([\\d,]+) taken \\+ ([\\d,]+) filtered\n");

    @TempDir
    Path directory;

    /** Asks for an end as soon as the first bytes of a result arrive. */
    private static final class Requests extends ByteArrayOutputStream implements Signals {
        private final List<Request> requests;
        private Consumer<Request> listener;
        private boolean asked;

        Requests(Request... requests) {
            this.requests = List.of(requests);
        }

        @Override
        public synchronized Listening listen(Consumer<Request> newListener) {
            listener = newListener;
            return () -> listener = null;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (!asked && toString(StandardCharsets.UTF_8).lines().count() > 1) {
                asked = true;
                requests.forEach(listener);
            }
        }
    }

    private static long number(String text) {
        return Long.parseLong(text.replace(",", ""));
    }

    @Test
    void theFirstRequestDrainsAndAccountsForEveryRow() {
        for (Request request : Request.values()) {
            Requests requests = new Requests(request);
            Shell shell = new Shell(directory).input(ENDLESS).signals(requests);

            Outcome outcome = shell.call(requests, "run", "-", "--output", "csv");

            assertEquals(0, outcome.exitCode(), outcome.errors());
            assertTrue(outcome.errors().startsWith("stopping: what was read is worked off"), outcome.errors());
            Matcher account = ACCOUNT.matcher(outcome.errors());
            assertTrue(account.find(), outcome.errors());
            assertEquals(number(account.group(1)), number(account.group(2)) + number(account.group(3)));
            assertTrue(
                    outcome.errors().contains("discarded 1 group of windows that were still open"), outcome.errors());
            String output = requests.toString(StandardCharsets.UTF_8);
            assertTrue(output.startsWith("window_start,n\n") && output.endsWith("\n\n"), output);
        }
    }

    @Test
    void theSecondRequestStopsAtOnce() {
        for (Request request : Request.values()) {
            Requests requests = new Requests(request, request);
            Shell shell = new Shell(directory).input(ENDLESS).signals(requests);

            Outcome outcome = shell.call(requests, "run", "-", "--output", "csv");

            assertEquals(request == Request.INTERRUPT ? 130 : 143, outcome.exitCode(), outcome.errors());
            assertTrue(
                    outcome.errors().contains("stopping at once: what is not complete is dropped\n"), outcome.errors());
        }
    }

    /** A pipe whose reader goes away when it has seen enough. */
    private static final class Head extends OutputStream {
        private int left;

        Head(int bytes) {
            left = bytes;
        }

        @Override
        public void write(int value) throws IOException {
            if (left-- <= 0) {
                throw new IOException("Broken pipe");
            }
        }
    }

    @Test
    void aReaderThatHasSeenEnoughEndsTheJobQuietly() {
        for (String format : List.of("csv", "ndjson", "box")) {
            Outcome outcome = new Shell(directory).input(ENDLESS).call(new Head(100), "run", "-", "--output", format);

            assertEquals(0, outcome.exitCode());
            assertEquals("", outcome.errors());
        }
    }

    @Test
    void tablesAreWrittenToTheirEndWhoeverReadsTheResults() throws IOException {
        Path written = directory.resolve("out.json");
        String query = """
                CREATE TABLE g (id BIGINT) WITH (connector = 'datagen', 'number-of-rows' = '100000', 'rows-per-second' = '1000000');
                CREATE TABLE o (id BIGINT) WITH (connector = 'filesystem', path = '%s', format = 'json');
                INSERT INTO o SELECT id FROM g;
                SELECT id FROM g;
                """.formatted(written);

        Outcome outcome = new Shell(directory).input(query).call(new Head(10), "run", "-", "--output", "csv");

        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertFalse(outcome.errors().contains("error"), outcome.errors());
        try (Stream<String> lines = Files.lines(written)) {
            assertEquals(100_000, lines.count());
        }
    }

    @Test
    void helpAndPlansEndQuietlyToo() {
        Shell shell = new Shell(directory);

        assertEquals(new Outcome(0, "", ""), shell.call(new Head(5), "--help"));
        assertEquals(new Outcome(0, "", ""), shell.call(new Head(5), "explain", shell.file("q.sql", ENDLESS)));
    }
}
