package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.local.JobReport;
import io.leat.runtime.platform.Clock;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Threads;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The status line: for people only, and only when a job takes its time. */
class ProgressTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String ERASE = "\r\u001b[K";

    /** Time passes as it is looked at: half a second each time. Only every wait of the progress thread looks. */
    private static final class Steps implements Clock {
        private final AtomicLong nanos = new AtomicLong();

        @Override
        public long wallMicros() {
            return 0;
        }

        @Override
        public long nanos() {
            return nanos.getAndAdd(SECOND / 2);
        }
    }

    private static String shownUntil(int looks, Terminal terminal) {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        StatusLine line = new StatusLine(new PrintStream(screen, true, StandardCharsets.UTF_8), terminal);
        CountDownLatch looked = new CountDownLatch(looks);
        JobReport nothing = new JobReport(
                List.of(), Map.of(), List.of(), new JobReport.OpenWindows(0, 0, 0), List.of(), List.of(), false);
        Platform platform = new Platform(new Steps(), Disk.system(), Threads.system());
        Progress progress = new Progress(platform, line, () -> {
            looked.countDown();
            return nothing;
        });
        progress.start();
        platform.threads().await(looked);
        progress.close();
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void appearsAfterTwoSecondsAndIsErasedAtTheEnd() {
        Terminal terminal = new Terminal(false, true, 80, true);

        String shown = shownUntil(2, terminal);

        // The clock starts at 0 and was at 0.5, 1.0 and 1.5 s without a word.
        assertTrue(
                shown.startsWith(ERASE + "0 rows read, 0 rows/s, 0 late, 0 rejected, 2.00 s"),
                shown.replace(ERASE, "|"));
        assertTrue(shown.endsWith(ERASE), shown.replace(ERASE, "|"));
    }

    @Test
    void isNoWiderThanTheTerminal() {
        String shown = shownUntil(2, new Terminal(false, true, 20, true));

        assertTrue(shown.startsWith(ERASE + "0 rows read, 0 row…" + ERASE), shown.replace(ERASE, "|"));
    }

    @Test
    void needsATerminal() {
        assertEquals("", shownUntil(2, new Terminal(true, false, 80, true)));
    }

    @Test
    void isClearedForWhateverElseIsSaid() {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(false, true, 80, true);
        StatusLine line = new StatusLine(new PrintStream(screen, true, StandardCharsets.UTF_8), terminal);

        line.show("1 row read");
        line.println("note: something");
        line.clear();

        assertEquals(ERASE + "1 row read" + ERASE + "note: something\n", screen.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theTerminalIsWhatTheLauncherAndTheEnvironmentSay() {
        Properties properties = new Properties();
        assertEquals(Terminal.NONE, Terminal.of(properties, Map.of()));

        properties.putAll(
                Map.of("leat.terminal.output", "true", "leat.terminal.errors", "true", "leat.terminal.columns", "132"));
        assertEquals(new Terminal(true, true, 132, true), Terminal.of(properties, Map.of("NO_COLOR", "")));
        assertEquals(new Terminal(true, true, 132, false), Terminal.of(properties, Map.of("NO_COLOR", "1")));
        assertEquals(new Terminal(true, false, 132, false), Terminal.of(properties, Map.of("TERM", "dumb")));
        properties.put("leat.terminal.columns", "wide");
        assertEquals(new Terminal(true, true, 80, true), Terminal.of(properties, Map.of()));
    }
}
