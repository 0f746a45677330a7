package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * What comes of bad input, kind by kind: a test for each row of the first table of {@code runtime/docs/007-bad-input.md} that needs no
 * broker and is not about time ({@link BadTimeTest}). Every record ends in one count, and what is refused is kept with its bytes.
 */
class BadInputTest extends BadRecords {
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

    /** Passed over and counted by name; on request the record is rejected, or the job ends. */
    @Test
    void unknownFields() throws IOException {
        String extra = ",\"zzz\":{\"q\":[1,{\"r\":\"s\"}]},\"\\u001b[31m\":null";
        byte[] file =
                lines(record("1", extra), record("2", ",\"zzz\":1"), record("3", ",\"ts\":null"), record("\"x\"", ""));
        Outcome ignored = run(file, "json", "SELECT a FROM t WHERE a < 3;\n");
        assertEquals("{\"a\":1}\n{\"a\":2}\n", ignored.output());
        assertTrue(
                ignored.errors().contains("  fields without a column: 'zzz' 2, '\\u001b[31m' 1\n"), ignored.errors());

        Outcome rejected = run(
                file,
                "in.json",
                "json",
                ", 'json.unknown-fields' = 'reject'",
                "SELECT a FROM t;\nSELECT reason, \"offset\" FROM t$rejected;\n");
        assertEquals(
                List.of(
                        "{\"reason\":\"UNKNOWN_FIELD: no column is called 'zzz'\",\"offset\":0}",
                        "{\"reason\":\"UNKNOWN_FIELD: no column is called 'zzz'\",\"offset\":87}"),
                rejected.output().lines().filter(row -> row.contains("UNKNOWN")).toList(),
                rejected.output());
        assertEquals("0 taken + 4 rejected", account(rejected, 4));
        assertTrue(rejected.errors().contains("  fields without a column: 'zzz' 2\n"), rejected.errors());

        Outcome failed = new Shell(directory)
                .run(TABLE.formatted(directory.resolve("in.json"), "json", ", 'json.unknown-fields' = 'fail'") + ROWS);
        assertEquals(1, failed.exitCode(), failed.errors());
        assertTrue(
                failed.errors().contains("t, in.json at 0: UNKNOWN_FIELD: no column is called 'zzz'\nhelp: with"),
                failed.errors());
    }

    /** However many names there are, those that came first are told apart, and no more is kept. */
    @Test
    void unknownFieldsOfAnyNumber() throws IOException {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            records.add(record("" + i, ",\"n" + i + "\":0,\"" + "long".repeat(50) + "\":1"));
        }
        Outcome outcome = run(lines(records.toArray(String[]::new)), "json", "SELECT count(*) AS n FROM t;\n");
        assertEquals("{\"n\":3000}\n", outcome.output());
        assertTrue(
                outcome.errors()
                        .contains(
                                "  fields without a column: 'n0' 1, 'n1' 1, 'n10' 1, 'n11' 1, 'n12' 1, and other names "
                                        + "5,936\n"),
                outcome.errors());
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
        // On request such a record is none, whether the query reads the column or not; nor are names that no column has
        // keys.
        String strict = ", 'json.duplicate-keys' = 'reject'";
        byte[] twice = lines(
                record("1", ",\"d\":1,\"d\":1"),
                record("2", ",\"z\":1,\"z\":2"),
                record("3", ",\"a\":3"),
                record("4", ""));
        for (String query : List.of("SELECT a FROM t;\n", "SELECT a FROM t WHERE d IS NULL;\n")) {
            Outcome rejected =
                    run(twice, "in.json", "json", strict, query + "SELECT reason, \"offset\" FROM t$rejected;\n");
            assertEquals(
                    List.of(
                            "{\"a\":2}",
                            "{\"a\":4}",
                            "{\"reason\":\"DUPLICATE_KEY: the name of a column comes twice\",\"offset\":0}",
                            "{\"reason\":\"DUPLICATE_KEY: the name of a column comes twice\",\"offset\":110}"),
                    rejected.output().lines().toList());
        }
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
