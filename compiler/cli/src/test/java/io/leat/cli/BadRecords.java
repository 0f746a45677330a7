package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** A table that tests fill with bad records, and what they ask of what becomes of them. */
abstract class BadRecords {
    static final String TABLE = """
            CREATE TABLE t (a INT, b STRING NOT NULL, d DOUBLE, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
              WITH (connector = 'filesystem', path = '%s', format = '%s', 'scan.mode' = 'stream', 'scan.reject-limit' = 1%s);
            """;
    static final String ROWS = "SELECT a, b, d FROM t;\n";
    private static final Pattern ACCOUNT = Pattern.compile("t: ([\\d,]+) rows? read = (.*)\n");
    static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    /** A record with this value of column a, as JSON, and more members. */
    static String record(String a, String more) {
        return "{\"a\":" + a + ",\"b\":\"x\",\"ts\":\"2026-01-01T00:00:00\"" + more + "}";
    }

    final Outcome run(byte[] file, String format, String query) throws IOException {
        return run(file, "in." + format, format, "", query);
    }

    final Outcome run(byte[] file, String name, String format, String options, String query) throws IOException {
        Path in = Files.write(directory.resolve(name), file);
        Outcome outcome = new Shell(directory).run(TABLE.formatted(in, format, options) + query);
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome;
    }

    static byte[] lines(String... records) {
        return (String.join("\n", records) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Checks that each record is rejected for this reason, with its bytes, and the one behind them is not. */
    final void rejected(String reason, byte[]... records) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] record : records) {
            file.write(record);
            file.write('\n');
        }
        file.write(lines(record("7", "")));
        Outcome outcome = run(file.toByteArray(), "json", ROWS + "SELECT reason FROM t$rejected;\n");
        List<String> shown = outcome.output().lines().toList();
        assertEquals("{\"a\":7,\"b\":\"x\",\"d\":null}", shown.get(0), outcome.output());
        assertEquals(records.length + 1, shown.size(), outcome.output());
        shown.subList(1, shown.size())
                .forEach(row -> assertTrue(row.startsWith("{\"reason\":\"" + reason), row + " is not " + reason));
        assertEquals("1 taken + " + records.length + " rejected", account(outcome, records.length + 1));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What became of the rows, of which there were so many. */
    static String account(Outcome outcome, int read) {
        Matcher account = ACCOUNT.matcher(outcome.errors());
        assertTrue(account.find(), outcome.errors());
        assertEquals(read, Integer.parseInt(account.group(1).replace(",", "")), outcome.errors());
        return account.group(2);
    }

    final String refused(String query) {
        Outcome outcome = new Shell(directory).run(query);
        assertEquals(65, outcome.exitCode(), outcome.errors());
        return outcome.errors();
    }
}
