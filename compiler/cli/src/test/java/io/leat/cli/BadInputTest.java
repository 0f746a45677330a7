package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What comes of bad input, kind by kind: a test for each row of the first table of {@code runtime/docs/007-bad-input.md} that needs no
 * broker. Every record ends in one count, and what is refused is kept with its bytes.
 */
class BadInputTest {
    private static final String TABLE = """
            CREATE TABLE t (a INT, b STRING NOT NULL, d DOUBLE, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
              WITH (connector = 'filesystem', path = '%s', format = '%s', 'scan.mode' = 'stream', 'scan.reject-limit' = 1%s);
            """;
    private static final String ROWS = "SELECT a, b, d FROM t;\n";
    private static final String BY_DAY =
            "SELECT window_start, count(*) AS n FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' DAY)) GROUP BY window_start;\n";
    private static final Pattern ACCOUNT = Pattern.compile("t: ([\\d,]+) rows? read = (.*)\n");
    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    /** A record with this value of column a, as JSON, and more members. */
    private static String record(String a, String more) {
        return "{\"a\":" + a + ",\"b\":\"x\",\"ts\":\"2026-01-01T00:00:00\"" + more + "}";
    }

    private Outcome run(byte[] file, String format, String query) throws IOException {
        return run(file, "in." + format, format, "", query);
    }

    private Outcome run(byte[] file, String name, String format, String options, String query) throws IOException {
        Path in = Files.write(directory.resolve(name), file);
        Outcome outcome = new Shell(directory).run(TABLE.formatted(in, format, options) + query);
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome;
    }

    private static byte[] lines(String... records) {
        return (String.join("\n", records) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Checks that each record is rejected for this reason, with its bytes, and the one behind them is not. */
    private void rejected(String reason, byte[]... records) throws IOException {
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

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What became of the rows, of which there were so many. */
    private static String account(Outcome outcome, int read) {
        Matcher account = ACCOUNT.matcher(outcome.errors());
        assertTrue(account.find(), outcome.errors());
        assertEquals(read, Integer.parseInt(account.group(1).replace(",", "")), outcome.errors());
        return account.group(2);
    }

    private String refused(String query) {
        Outcome outcome = new Shell(directory).run(query);
        assertEquals(65, outcome.exitCode(), outcome.errors());
        return outcome.errors();
    }

    @Test
    void malformedRecords() throws IOException {
        rejected(
                "MALFORMED",
                utf8("{\"a\":1"),
                utf8("{\"a\":1,}"),
                utf8("{\"a\":01}"),
                utf8("{'a':1}"),
                utf8("{\"a\":1} {\"a\":2}"));
        rejected("NOT_AN_OBJECT", utf8("[1]"), utf8("7"));
        Outcome csv =
                run(lines("a,b,d,ts", "1,x", "7,y,,", "1,\"x,,"), "csv", ROWS + "SELECT reason, raw FROM t$rejected;");
        assertTrue(csv.output().contains("FIELD_COUNT"), csv.output());
        assertTrue(csv.output().contains("\"raw\":\"MSx4\""), csv.output()); // "1,x", as it was
    }

    /** The same everywhere: nothing that loads code, and no format that others would have to be asked about. */
    @Test
    void hostileArrowParquetAvro() throws IOException {
        Shell shell = new Shell(directory);
        String file = shell.file("t.parquet", "PAR1 and what is no such file");
        Outcome parquet = shell.run(TABLE.formatted(file, "parquet", "") + ROWS);
        assertEquals(74, parquet.exitCode(), parquet.errors());
        assertTrue(parquet.errors().contains("t.parquet' does not end in PAR1"), parquet.errors());
        for (String format : List.of("avro", "orc", "arrow", "protobuf", "avro-confluent")) {
            String errors = refused(TABLE.formatted("x", format, "") + ROWS);
            assertTrue(errors.contains("there is no format '" + format + "'"), errors);
            assertTrue(errors.contains("json, csv"), errors);
        }
    }

    @Test
    void wrongTypeForColumn() throws IOException {
        rejected(
                "TYPE_MISMATCH(a)",
                utf8(record("\"1\"", "")),
                utf8(record("1.5", "")),
                utf8(record("true", "")),
                utf8(record("[1]", "")));
        // Who wants NULL instead reads the text and tries.
        Outcome tried = new Shell(directory)
                .run("""
                CREATE TABLE r (a STRING) WITH (connector = 'filesystem', path = '%s', format = 'json');
                SELECT TRY_CAST(a AS INT) AS a FROM r;
                """.formatted(new Shell(directory).file("try.json", "{\"a\":\"7\"}\n{\"a\":\"x\"}\n")));
        assertEquals("{\"a\":7}\n{\"a\":null}\n", tried.output(), tried.errors());
    }

    @Test
    void missingOrNullInNotNull() throws IOException {
        rejected(
                "MISSING_VALUE(b)",
                utf8("{\"a\":1,\"ts\":\"2026-01-01T00:00:00\"}"),
                utf8("{\"a\":1,\"b\":null,\"ts\":\"2026-01-01T00:00:00\"}"));
        Outcome nullable = run(lines("{\"b\":\"x\",\"ts\":\"2026-01-01T00:00:00\"}"), "json", ROWS);
        assertEquals("{\"a\":null,\"b\":\"x\",\"d\":null}\n", nullable.output());
    }

    @Test
    void unknownFields() throws IOException {
        Outcome outcome = run(lines(record("1", ",\"zzz\":{\"q\":[1,{\"r\":\"s\"}]}")), "json", ROWS);
        assertEquals("{\"a\":1,\"b\":\"x\",\"d\":null}\n", outcome.output());
        assertEquals("1 taken", account(outcome, 1));
    }

    /** The last one wins, in whatever order the generated decoder has learnt the members to come. */
    @Test
    void duplicateJsonKeys() throws IOException {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            records.add(record("" + i, ""));
        }
        records.add(record("1", ",\"a\":2"));
        records.add(record("1", ",\"a\":null"));
        Outcome outcome = run(lines(records.toArray(String[]::new)), "json", ROWS);
        List<String> shown = outcome.output().lines().toList();
        assertEquals("{\"a\":2,\"b\":\"x\",\"d\":null}", shown.get(50));
        assertEquals("{\"a\":null,\"b\":\"x\",\"d\":null}", shown.get(51));
    }

    @Test
    void hugeNumbersExponentsNaN() throws IOException {
        rejected("OUT_OF_RANGE(a)", utf8(record("2147483648", "")), utf8(record("-99999999999999999999", "")));
        rejected(
                "OUT_OF_RANGE(d)",
                utf8(record("1", ",\"d\":1e400")),
                utf8(record("1", ",\"d\":-1e99999999999")),
                utf8(record("1", ",\"d\":" + "1".repeat(2_000))));
        rejected(
                "MALFORMED",
                utf8(record("1", ",\"d\":NaN")),
                utf8(record("1", ",\"d\":Infinity")),
                utf8(record("1", ",\"d\":0x10")));
        Outcome small = run(lines(record("1", ",\"d\":1e-400"), record("2", ",\"d\":1e308")), "json", ROWS);
        assertEquals("{\"a\":1,\"b\":\"x\",\"d\":0.0}\n{\"a\":2,\"b\":\"x\",\"d\":1.0E308}\n", small.output());
    }

    @Test
    void invalidUtf8SurrogatesNulBom() throws IOException {
        byte[] broken = utf8(record("1", "").replace("\"x\"", "\"?\""));
        for (int i = 0; i < broken.length; i++) {
            broken[i] = broken[i] == '?' ? (byte) 0xff : broken[i];
        }
        rejected(
                "BAD_UTF8",
                broken,
                utf8(record("1", "").replace("\"x\"", "\"\\ud800\"")),
                utf8(record("1", "").replace("\"x\"", "\"\\udc00\\ud800\"")));
        rejected("MALFORMED", utf8(record("1", "").replace("\"x\"", "\"\0\"")));
        Outcome nul = run(lines(record("1", "").replace("\"x\"", "\"\\u0000\"")), "json", ROWS);
        assertEquals("{\"a\":1,\"b\":\"\\u0000\",\"d\":null}\n", nul.output());
        // One mark at the beginning is no part of the text; a second one is.
        assertEquals("1 taken", account(run(utf8("\ufeff" + record("1", "") + "\n"), "json", ROWS), 1));
        assertEquals(
                "1 rejected",
                account(run(utf8("\ufeff\ufeff" + record("1", "") + "\n"), "json", ROWS), 1)
                        .replace("0 taken + ", ""));
    }

    @Test
    void deepNesting() throws IOException {
        rejected("TOO_DEEP", utf8(record("1", ",\"n\":" + "[".repeat(100_000))), utf8("{\"a\":".repeat(300)));
        Outcome allowed = run(lines(record("1", ",\"n\":" + "[".repeat(250) + "]".repeat(250))), "json", ROWS);
        assertEquals("1 taken", account(allowed, 1));
    }

    /** A record is at most 16 MiB, of which 64 KiB are kept if it is larger; whatever is smaller may have any length. */
    @Test
    void hugeRecordsTextsAndNames() throws IOException {
        String query = ROWS.replace("a, b, d", "a, octet_length(b) AS n")
                + "SELECT reason, octet_length(raw) AS n FROM t$rejected;";
        byte[] file = lines(
                record("1", "").replace("\"x\"", "\"" + "y".repeat(15 * MIB) + "\""),
                record("2", "").replace("\"x\"", "\"" + "y".repeat(17 * MIB) + "\""),
                record("3", ",\"" + "n".repeat(MIB) + "\":1"));
        Outcome outcome = run(file, "json", query);
        assertEquals(
                List.of(
                        "{\"a\":1,\"n\":" + 15 * MIB + "}",
                        "{\"a\":3,\"n\":1}",
                        "{\"reason\":\"TOO_LARGE: larger than 16 MiB\",\"n\":65536}"),
                outcome.output().lines().toList());
    }

    /** What is unpacked is never there as a whole: a bomb without lines is one record that is too large, one with lines is many rows. */
    @Test
    void decompressionBomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            byte[] nothing = new byte[MIB];
            for (int i = 0; i < 300; i++) {
                out.write(nothing);
            }
            out.write('\n');
            out.write(lines(record("7", "")));
        }
        assertTrue(packed.size() < MIB, packed.size() + " bytes");
        Outcome outcome = run(
                packed.toByteArray(),
                "bomb.json.gz",
                "json",
                "",
                ROWS + "SELECT reason, octet_length(raw) AS n FROM t$rejected;");
        assertEquals(
                "{\"a\":7,\"b\":\"x\",\"d\":null}\n{\"reason\":\"TOO_LARGE: larger than 16 MiB\",\"n\":65536}\n",
                outcome.output());
    }

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

    /** There is none, so that none can be down. */
    @Test
    void schemaRegistryDown() {
        String topic = """
                CREATE TABLE t (a INT) WITH (connector = 'kafka', topic = 't', 'properties.bootstrap.servers' = 'localhost:1',
                  format = 'json', '%s' = 'http://localhost:1');
                SELECT a FROM t;
                """;
        for (String option : List.of("properties.schema.registry.url", "schema-registry.url", "avro-confluent.url")) {
            String errors = refused(topic.formatted(option));
            assertTrue(errors.contains("error[E0602]") && errors.contains("'" + option + "'"), errors);
        }
    }

    /** The row is rejected for the statement that fails over it, and for no other. */
    @Test
    void poisonOverflowZeroDivision() throws IOException {
        byte[] file = lines(record("0", ""), record("2147483647", ""), record("5", ""));
        Outcome outcome = run(
                file,
                "json",
                "SELECT 10 / a AS q FROM t;\nSELECT a + 1 AS p FROM t;\n" + "SELECT reason FROM t$rejected;");
        assertEquals(
                List.of("{\"q\":0}", "{\"q\":2}", "{\"p\":1}", "{\"p\":6}"),
                outcome.output().lines().limit(4).toList());
        List<String> reasons = outcome.output().lines().skip(4).toList();
        assertEquals(2, reasons.size(), outcome.output());
        assertTrue(reasons.get(0).contains("DIVISION_BY_ZERO at 3:11"), outcome.output());
        assertTrue(reasons.get(1).contains("NUMERIC_OVERFLOW at 4:10"), outcome.output());
    }

    /** A wrong schema does not drain a topic: too many rejected rows end the job. */
    @Test
    void tooManyRejectedRows() throws IOException {
        Path in = Files.write(directory.resolve("in.json"), lines((record("\"x\"", "") + "\n").repeat(1_000)));
        Outcome outcome = new Shell(directory)
                .run(TABLE.formatted(in, "json", "").replace(", 'scan.reject-limit' = 1", "") + ROWS);
        assertEquals(1, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().contains("more than the limit of 5.0 %"), outcome.errors());
    }

    /** What a message quotes of a row is short, and has no control characters. */
    @Test
    void giantOrHostileTextInMessages() throws IOException {
        String hostile = "\u001b[31m\u202e" + "z".repeat(MIB);
        Path in = Files.write(
                directory.resolve("in.json"), lines("{\"s\":\"" + hostile.replace("\u001b", "\\u001b") + "\"}"));
        Outcome outcome = new Shell(directory).run("""
                CREATE TABLE r (s STRING) WITH (connector = 'filesystem', path = '%s', format = 'json');
                SELECT CAST(max(s) AS INT) AS i FROM r;
                """.formatted(in));
        assertEquals(1, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().length() < 2_000, outcome.errors().length() + " characters");
        assertFalse(outcome.errors().contains("\u001b") || outcome.errors().contains("\u202e"), outcome.errors());
    }

    /** A process without memory says so, and ends; it does not go on with half of its rows. */
    @Test
    void outOfMemory() throws IOException, InterruptedException {
        String query =
                new Shell(directory).file("large.sql", "SELECT 'some text' || repeat('x', 7) AS a;\n".repeat(24_000));
        Process process = Processes.java(List.of("-Xmx32m"), Processes.classPath(), Leat.class, "run", query, "--quiet")
                .redirectErrorStream(true)
                .start();
        String said = Processes.text(process.getInputStream());
        assertEquals(1, process.waitFor(), said);
        assertTrue(said.contains("error: the memory of this process is used up"), said);
        assertTrue(said.contains("LEAT_OPTS"), said);
    }
}
