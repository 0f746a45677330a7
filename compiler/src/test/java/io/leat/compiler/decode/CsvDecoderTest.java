package io.leat.compiler.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The generated CSV decoder and FastCSV agree on the fields of a file, and the JDK on their values. */
@Tag("every-jdk")
class CsvDecoderTest {
    private static final String COLUMNS =
            "id BIGINT, name STRING, price DECIMAL(9, 2), ratio DOUBLE, small SMALLINT, ok BOOLEAN, ts TIMESTAMP(6), note VARCHAR(4)";

    private static final int[] ALL = {0, 1, 2, 3, 4, 5, 6, 7};

    private static final DecoderRun RUN = new DecoderRun(COLUMNS, "*", "'format'='csv', 'csv.header'='false'");

    @AfterAll
    static void close() {
        RUN.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> withoutReasons(List<String> rows) {
        return rows.stream().map(row -> row.startsWith("!") ? "!" : row).toList();
    }

    // ---- the oracle

    /** Rows of a file by FastCSV, which does not tell an empty field in quotes from one without: random files have none in quotes. */
    private static List<String> expected(String file, char delimiter, char quote, int... columns) {
        List<String> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = reader(file, delimiter, quote)) {
            reader.forEach(record -> rows.add(row(record.getFields(), columns)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    private static CsvReader<CsvRecord> reader(String file, char delimiter, char quote) {
        return CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .fieldSeparator(delimiter)
                .quoteCharacter(quote)
                .ofCsvRecord(file);
    }

    private static String row(List<String> fields, int... columns) {
        if (fields.size() != 8) {
            return "!";
        }
        try {
            List<String> values = new ArrayList<>();
            for (int i : columns) {
                values.add(fields.get(i).isEmpty() ? "NULL" : value(fields.get(i), i));
            }
            return "{" + String.join(", ", values) + "}";
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return "!";
        }
    }

    private static String value(String field, int column) {
        return switch (column) {
            case 0 -> Long.toString(Long.parseLong(field));
            case 2 -> {
                BigDecimal value = new BigDecimal(field).setScale(2);
                yield checked(value.precision() <= 9, value.toPlainString());
            }
            case 3 -> {
                double value = Double.parseDouble(field) + 0.0;
                yield checked(Double.isFinite(value), Double.toString(value));
            }
            case 4 -> Short.toString(Short.parseShort(field));
            case 5 -> checked(field.equals("true") || field.equals("false"), field);
            case 6 -> Long.toString(LocalDateTime.parse(field).toEpochSecond(ZoneOffset.UTC) * 1_000_000L);
            case 7 -> checked(field.codePointCount(0, field.length()) <= 4, '\'' + field + '\'');
            default -> '\'' + field + '\'';
        };
    }

    private static String checked(boolean right, String value) {
        if (!right) {
            throw new IllegalArgumentException(value);
        }
        return value;
    }

    private static void checkRandom(DecoderRun run, char delimiter, char quote) {
        int right = 0;
        for (long seed = 1; seed <= 200; seed++) {
            String file = new RandomCsv(seed, delimiter, quote).file(15);
            List<String> expected = expected(file, delimiter, quote, ALL);
            for (int batchRows : new int[] {4096, 1, 3}) {
                assertEquals(
                        expected,
                        withoutReasons(run.decodeLines(bytes(file), batchRows)),
                        "seed " + seed + "\n" + file);
            }
            right += (int) expected.stream().filter(row -> !row.equals("!")).count();
        }
        assertTrue(right > 1_000, "most records are right: " + right);
    }

    @Test
    void randomFiles() {
        checkRandom(RUN, ',', '"');
    }

    @Test
    void otherDelimitersAndQuotes() {
        String options = "'format'='csv', 'csv.header'='false', 'csv.field-delimiter'='|', 'csv.quote-character'=''''";
        try (DecoderRun run = new DecoderRun(COLUMNS, "*", options)) {
            checkRandom(run, '|', '\'');
        }
        try (DecoderRun run =
                new DecoderRun(COLUMNS, "*", "'format'='csv', 'csv.header'='false', 'csv.field-delimiter'=';'")) {
            checkRandom(run, ';', '"');
        }
    }

    @Test
    void onlySomeColumnsAreRead() {
        try (DecoderRun run = new DecoderRun(COLUMNS, "id, ok, note", "'format'='csv', 'csv.header'='false'")) {
            for (long seed = 1; seed <= 100; seed++) {
                String file = new RandomCsv(seed, ',', '"').file(15);
                List<String> expected = expected(file, ',', '"', 0, 5, 7);
                assertEquals(expected, withoutReasons(run.decodeLines(bytes(file), 7)), "seed " + seed + "\n" + file);
            }
        }
    }

    // ---- damaged files

    /** Whatever the bytes are: rows or rejected records, the same for every size of batch, and never anything thrown. */
    private static void checkSafe(byte[] file, String what) {
        List<String> rows = RUN.decodeLines(file, 4096);
        assertEquals(rows, RUN.decodeLines(file, 1), what);
        assertEquals(rows, RUN.decodeLines(file, 2), what);
        long lineEnds = 0;
        for (byte c : file) {
            lineEnds += c == '\n' ? 1 : 0;
        }
        assertTrue(rows.size() <= lineEnds + 1, what);
    }

    @Test
    void mutatedFiles() {
        for (long seed = 1; seed <= 3_000; seed++) {
            RandomJson random = new RandomJson(seed);
            checkSafe(random.mutated(bytes(new RandomCsv(seed, ',', '"').file(4))), "seed " + seed);
        }
    }

    @Test
    void randomBytes() {
        Random random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            byte[] file = new byte[random.nextInt(150)];
            random.nextBytes(file);
            if (random.nextInt(3) > 0) {
                for (int at = 0; at < file.length; at++) {
                    file[at] = (byte) "\",\",1\r\n2.e-ab\u0000".charAt(random.nextInt(14));
                }
            }
            checkSafe(file, "file " + i);
        }
    }

    @Test
    void everyPrefix() {
        byte[] file = bytes(new RandomCsv(3, ',', '"').file(12));
        for (int end = 0; end <= file.length; end++) {
            checkSafe(Arrays.copyOf(file, end), end + " bytes");
        }
    }

    @Test
    void brokenRecordsDoNotTouchTheirNeighbours() {
        String good = "1,a,1.00,1.0,1,true,2026-01-01T00:00:00,n";
        String row = "{1, 'a', 1.00, 1.0, 1, true, 1767225600000000, 'n'}";
        for (String broken : List.of(
                "x" + good,
                good + ",",
                good.substring(0, 20),
                "1,\"a\"b,1.00,1.0,1,true,2026-01-01T00:00:00,n",
                "," + good)) {
            List<String> rows = RUN.decodeLines(bytes(good + "\n" + broken + "\r\n" + good), 10);
            assertEquals(List.of(row, "!", row), withoutReasons(rows), broken);
        }
        byte[] invalid = bytes(good + "\n1,a#b,1.00,1.0,1,true,2026-01-01T00:00:00,n\n" + good + "\n");
        for (int i = 0; i < invalid.length; i++) {
            invalid[i] = invalid[i] == '#' ? (byte) 0xFF : invalid[i];
        }
        assertEquals(List.of(row, "!BAD_UTF8", row), RUN.decodeLines(invalid, 10));
    }

    @Test
    void nullAndEmptyTextAreTwoThings() {
        assertEquals(
                List.of(
                        "{NULL, '', NULL, NULL, NULL, NULL, NULL, NULL}",
                        "{NULL, NULL, NULL, NULL, NULL, NULL, NULL, ''}"),
                RUN.decodeLines(bytes(",\"\",,,,,,\n,,,,,,,\"\""), 10));
    }

    @Test
    void headersAreFoundAndMarksPassedOver() {
        String header = "id,name,price,ratio,small,ok,ts,note";
        String row = "1,a,1.00,1.0,1,true,2026-01-01T00:00:00,n";
        String read = "{1, 'a', 1.00, 1.0, 1, true, 1767225600000000, 'n'}";
        try (DecoderRun auto = new DecoderRun(COLUMNS, "*", "'format'='csv'");
                DecoderRun always = new DecoderRun(COLUMNS, "*", "'format'='csv', 'csv.header'='true'")) {
            for (String mark : List.of("", "\uFEFF")) {
                for (String end : List.of("\n", "\r\n")) {
                    assertEquals(List.of(read), auto.decodeLines(bytes(mark + header + end + row), 10));
                    assertEquals(List.of(read, read), auto.decodeLines(bytes(mark + row + end + row + end), 10));
                    assertEquals(List.of(read), always.decodeLines(bytes(mark + row + end + row + end), 10));
                    assertEquals(List.of(read), RUN.decodeLines(bytes(mark + row + end), 10));
                    assertEquals(List.of(), auto.decodeLines(bytes(mark + header + end), 10));
                    assertEquals(List.of(), auto.decodeLines(bytes(mark + header), 10));
                }
                assertEquals(List.of(), auto.decodeLines(bytes(mark), 10));
            }
        }
    }

    @Test
    void recordsWithBoundsAreOneRecordEach() {
        String row = "1,\"a\nb\",1.00,1.0,1,true,2026-01-01T00:00:00,n";
        String read = "{1, 'a\nb', 1.00, 1.0, 1, true, 1767225600000000, 'n'}";
        List<String> rows = RUN.decodeRecords(
                List.of(
                        bytes(row),
                        bytes(row + "\n"),
                        bytes(row + "\r\n"),
                        bytes(""),
                        bytes(row + "\n" + row),
                        bytes("1,a")),
                10);
        assertEquals(List.of(read, read, read, "!", "!", "!"), withoutReasons(rows));
    }
}
