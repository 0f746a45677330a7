package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes of times that are wrong, far away or out of order: those rows of the first table of {@code runtime/docs/007-bad-input.md}. */
class BadTimeTest extends BadRecords {
    private static final String BY_DAY =
            "SELECT window_start, count(*) AS n FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' DAY)) GROUP BY window_start;\n";

    /** With the guard, which a stream without end has by itself: into its window, and the rows behind it are not late. */
    @Test
    void farFutureTimestamp() throws IOException {
        byte[] file = lines(
                record("1", ""),
                record("2", "").replace("2026-01-01", "2999-01-01"),
                record("3", "").replace("T00", "T01"));
        Outcome guarded = run(file, "in.json", "json", ", 'scan.watermark.max-future-skew' = '5 min'", BY_DAY);
        assertEquals(
                "{\"window_start\":\"2026-01-01T00:00:00\",\"n\":2}\n{\"window_start\":\"2999-01-01T00:00:00\",\"n\":1}\n",
                guarded.output());
        assertEquals("3 taken", account(guarded, 3));
        Outcome without = run(file, "json", BY_DAY);
        assertEquals("2 taken + 1 late", account(without, 3));
    }

    @Test
    void negativeOrYear9999Timestamp() throws IOException {
        rejected(
                "TYPE_MISMATCH(ts)",
                utf8(record("1", "").replace("2026", "10000")),
                utf8(record("1", "").replace("2026", "-0001")),
                utf8(record("1", "").replace("01-01", "02-30")));
        byte[] edges = lines(
                record("1", "").replace("2026-01-01T00:00:00", "0001-01-01T00:00:00.001"),
                record("2", "").replace("2026-01-01T00:00:00", "1969-12-31T23:59:59.999"),
                record("3", "").replace("2026-01-01T00:00:00", "9999-12-31T23:59:59.999"));
        Outcome windows = run(
                edges,
                "json",
                BY_DAY
                        + BY_DAY.replace("TUMBLE", "HOP")
                                .replace("INTERVAL '1' DAY", "INTERVAL '1' DAY, INTERVAL '2' DAY"));
        assertEquals(
                List.of(
                        "0001-01-01",
                        "1969-12-31",
                        "9999-12-31",
                        "0000-12-31",
                        "0001-01-01",
                        "1969-12-30",
                        "1969-12-31",
                        "9999-12-30",
                        "9999-12-31"),
                windows.output().lines().map(row -> row.substring(17, 27)).toList());
    }

    /** It is kept with the watermark that decided. */
    @Test
    void lateRow() throws IOException {
        byte[] file = lines(record("1", "").replace("01-01", "01-02"), record("2", ""));
        Outcome outcome = run(file, "json", BY_DAY + "SELECT a, reason, \"offset\", watermark FROM t$late;");
        assertTrue(
                outcome.output()
                        .endsWith(
                                "{\"a\":2,\"reason\":\"LATE\",\"offset\":43,\"watermark\":\"2026-01-02T00:00:00\"}\n"),
                outcome.output());
        assertEquals("1 taken + 1 late", account(outcome, 2));
    }

    /** Late is what comes behind a watermark that has reached the end of the window, and not a millisecond before. */
    @Test
    void zeroAllowedLateness() throws IOException {
        byte[] before = lines(
                record("1", "").replace("T00:00:00", "T23:59:59.999"),
                record("2", ""),
                record("3", "").replace("01-01T00:00:00", "01-02T00:00:00"),
                record("4", "").replace("T00:00:00", "T23:59:59.999"));
        Outcome outcome = run(before, "json", BY_DAY + "SELECT a FROM t$late;");
        assertEquals(
                "{\"window_start\":\"2026-01-01T00:00:00\",\"n\":2}\n{\"window_start\":\"2026-01-02T00:00:00\",\"n\":1}\n{\"a\":4}\n",
                outcome.output());
    }

    /** One that is far ahead makes no row of another one late, and a row is judged by its own. */
    @Test
    void outOfOrderPartitions() throws IOException {
        Path in = Files.createDirectories(directory.resolve("parts"));
        Files.write(in.resolve("a.json"), lines(record("1", "").replace("01-01", "06-01"), record("2", "")));
        Files.write(in.resolve("b.json"), lines(record("3", ""), record("4", "")));
        Outcome outcome = new Shell(directory)
                .run(TABLE.formatted(in, "json", "") + BY_DAY + "SELECT a FROM t$late;", "--batch-rows", "1");
        assertEquals(
                "{\"window_start\":\"2026-01-01T00:00:00\",\"n\":2}\n{\"window_start\":\"2026-06-01T00:00:00\",\"n\":1}\n{\"a\":2}\n",
                outcome.output(),
                outcome.errors());
    }
}
