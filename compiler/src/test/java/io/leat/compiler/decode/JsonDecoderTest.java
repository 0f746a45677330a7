package io.leat.compiler.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.decode.JsonColumn.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated JSON decoder and Jackson agree which lines are rows, and on every value. */
@Tag("every-jdk")
class JsonDecoderTest {
    private static final List<JsonColumn> PLAIN = List.of(
            JsonColumn.of("id", Kind.BIGINT),
            JsonColumn.of("b", Kind.BOOLEAN),
            JsonColumn.of("tiny", Kind.TINYINT),
            JsonColumn.of("small", Kind.SMALLINT),
            JsonColumn.of("i", Kind.INT),
            JsonColumn.of("r", Kind.REAL),
            JsonColumn.of("d", Kind.DOUBLE),
            JsonColumn.of("dec", Kind.DECIMAL, 10, 3),
            JsonColumn.of("wide_decimal", Kind.DECIMAL, 38, 10),
            JsonColumn.of("text", Kind.STRING),
            JsonColumn.of("short_text", Kind.VARCHAR, 5, 0),
            JsonColumn.of("bin", Kind.VARBINARY),
            JsonColumn.of("naïve \"name\"", Kind.STRING),
            JsonColumn.row(
                    "nested",
                    JsonColumn.of("a", Kind.INT),
                    JsonColumn.of("text", Kind.STRING),
                    JsonColumn.row("deep", JsonColumn.of("x", Kind.DOUBLE), JsonColumn.of("id", Kind.STRING))),
            JsonColumn.of("key", Kind.INT).asRequired());

    private static final List<JsonColumn> TIMES = List.of(
            JsonColumn.of("date", Kind.DATE),
            JsonColumn.of("time", Kind.TIME),
            JsonColumn.of("ts", Kind.TIMESTAMP),
            JsonColumn.of("ltz", Kind.TIMESTAMP_LTZ));

    private static final DecoderRun PLAIN_RUN = new DecoderRun(JsonColumn.declaration(PLAIN), "*", "'format'='json'");
    private static final DecoderRun TIMES_RUN = new DecoderRun(JsonColumn.declaration(TIMES), "*", "'format'='json'");

    @AfterAll
    static void close() {
        PLAIN_RUN.close();
        TIMES_RUN.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The oracle does not know our words for reasons. */
    private static List<String> withoutReasons(List<String> rows) {
        return rows.stream().map(row -> row.startsWith("!") ? "!" : row).toList();
    }

    private static void check(DecoderRun run, List<JsonColumn> columns, byte[] file, String what) {
        List<String> rows = run.decodeLines(file, 4096);
        List<String> expected = new JsonOracle(columns).lines(file);
        if (!expected.equals(withoutReasons(rows))) {
            assertEquals(expected.size(), rows.size(), what);
            for (int i = 0; i < expected.size(); i++) {
                String row = rows.get(i).startsWith("!") ? "!" : rows.get(i);
                assertEquals(expected.get(i), row, what + ", record " + i + " " + rows.get(i) + "\n" + shown(file));
            }
        }
        for (int batchRows : new int[] {1, 3}) {
            assertEquals(rows, run.decodeLines(file, batchRows), what + ", batches of " + batchRows);
        }
    }

    private static String shown(byte[] file) {
        return file.length > 3_000 ? "" : new String(file, StandardCharsets.UTF_8);
    }

    private static byte[] file(RandomJson random, List<JsonColumn> columns, int rows, Random choice) {
        StringBuilder text = new StringBuilder(choice.nextInt(5) == 0 ? "\uFEFF" : "");
        for (int i = 0; i < rows; i++) {
            text.append(random.object(columns)).append(choice.nextInt(5) == 0 ? "\r\n" : "\n");
            text.append(choice.nextInt(20) == 0 ? " \r\n\n" : "");
        }
        if (choice.nextInt(3) == 0) {
            text.setLength(text.length() - 1);
        }
        return bytes(text.toString());
    }

    @Test
    void randomDocuments() {
        int rows = 0;
        for (long seed = 1; seed <= 150; seed++) {
            byte[] file = file(new RandomJson(seed), PLAIN, 20, new Random(seed));
            check(PLAIN_RUN, PLAIN, file, "seed " + seed);
            rows += (int) new JsonOracle(PLAIN)
                    .lines(file).stream().filter(row -> !row.equals("!")).count();
        }
        assertTrue(rows > 1_000, "most documents are right: " + rows);
    }

    @Test
    void randomTimes() {
        for (long seed = 1; seed <= 100; seed++) {
            check(TIMES_RUN, TIMES, file(new RandomJson(seed), TIMES, 20, new Random(seed)), "seed " + seed);
        }
    }

    @Test
    void onlySomeColumnsAreRead() {
        List<JsonColumn> read = List.of(PLAIN.get(6), PLAIN.get(9));
        try (DecoderRun run = new DecoderRun(JsonColumn.declaration(PLAIN), "d, text", "'format'='json'")) {
            for (long seed = 1; seed <= 60; seed++) {
                check(run, read, file(new RandomJson(seed), PLAIN, 20, new Random(seed)), "seed " + seed);
            }
        }
    }

    @Test
    void mutatedDocuments() {
        for (long seed = 1; seed <= 3_000; seed++) {
            RandomJson random = new RandomJson(seed);
            byte[] file = bytes(random.object(PLAIN) + "\n" + random.object(PLAIN) + "\n");
            check(PLAIN_RUN, PLAIN, random.mutated(file), "seed " + seed);
        }
    }

    @Test
    void randomBytes() {
        Random random = new Random(11);
        for (int i = 0; i < 3_000; i++) {
            byte[] file = new byte[random.nextInt(200)];
            random.nextBytes(file);
            if (random.nextInt(2) == 0) {
                for (int at = 0; at < file.length; at++) {
                    file[at] = (byte) "{}[]\",:\\0123-+eE.nulltruefalse id\t\r\n".charAt(random.nextInt(36));
                }
            }
            check(PLAIN_RUN, PLAIN, file, "file " + i);
        }
    }

    /** Every prefix of a file is a file. */
    @Test
    void everyPrefix() {
        for (long seed = 1; seed <= 6; seed++) {
            RandomJson random = new RandomJson(seed);
            byte[] file = bytes(random.object(PLAIN) + "\r\n" + random.object(PLAIN));
            for (int end = 0; end <= Math.min(file.length, 1_500); end++) {
                check(PLAIN_RUN, PLAIN, Arrays.copyOf(file, end), "seed " + seed + ", " + end + " bytes");
            }
        }
    }

    /** Of a topic each record stands alone: the same documents, and line ends are white space. */
    @Test
    void recordsWithBounds() {
        for (long seed = 1; seed <= 60; seed++) {
            RandomJson random = new RandomJson(seed);
            List<byte[]> values = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                byte[] value = bytes(random.object(PLAIN).replace("\t", "\n"));
                values.add(i % 4 == 3 ? random.mutated(value) : value);
            }
            List<String> expected = values.stream()
                    .map(value -> value.length > 0 && value[0] == (byte) 0xEF ? "!" : new JsonOracle(PLAIN).row(value))
                    .toList();
            assertEquals(expected, withoutReasons(PLAIN_RUN.decodeRecords(values, 7)), "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {254, 255, 256, 257, 1_000, 100_000})
    void depthIsLimited(int depth) {
        String open = "{\"key\":1,\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
        check(PLAIN_RUN, PLAIN, bytes(open), "arrays " + depth);
        String objects = "{\"key\":1,\"x\":" + "{\"y\":".repeat(depth) + "0" + "}".repeat(depth) + "}";
        check(PLAIN_RUN, PLAIN, bytes(objects), "objects " + depth);
        assertEquals(
                List.of(depth < 256 ? "row" : "!TOO_DEEP"),
                PLAIN_RUN.decodeLines(bytes(open), 10).stream()
                        .map(row -> row.startsWith("{") ? "row" : row)
                        .toList());
    }

    @Test
    void invalidUtf8InEveryPlace() {
        byte[][] invalid = {
            {(byte) 0x80}, {(byte) 0xC0, (byte) 0x80}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, {(byte) 0xE2, (byte) 0x82}, {(byte) 0xFF}
        };
        String[] around = {
            "{\"key\":1,\"text\":\"a#b\"}",
            "{\"key\":1,\"te#xt\":\"\"}",
            "{\"key\":1,\"other\":{\"x\":[\"#\"]}}",
            "{\"key\":1#}",
            "{\"key\":1,\"short_text\":\"#\"}",
            "{\"key\":1,\"nested\":{\"text\":\"\\n#\"}}"
        };
        for (byte[] bad : invalid) {
            for (String text : around) {
                ByteArrayOutputStream file = new ByteArrayOutputStream();
                file.writeBytes(bytes(text.substring(0, text.indexOf('#'))));
                file.writeBytes(bad);
                file.writeBytes(bytes(text.substring(text.indexOf('#') + 1) + "\n{\"key\":2}\n"));
                List<String> rows = PLAIN_RUN.decodeLines(file.toByteArray(), 10);
                assertEquals(2, rows.size(), text);
                assertTrue(rows.get(0).startsWith("!"), text + " " + rows);
                assertTrue(rows.get(1).startsWith("{"), text + " " + rows);
                check(PLAIN_RUN, PLAIN, file.toByteArray(), text);
            }
        }
    }

    @Test
    void edgesOfFiles() {
        String row = "{\"key\":1}";
        for (String text : List.of(
                "",
                "\n",
                "\n\n\n",
                "\r\n",
                " ",
                "\uFEFF",
                "\uFEFF\n",
                row,
                row + "\r",
                "\uFEFF" + row + "\r\n",
                "\n" + row,
                row + "\n\uFEFF" + row,
                row + "\n\n" + row,
                row + "\u0000\n" + row,
                "\u0000",
                row + row,
                row + "," + row)) {
            check(PLAIN_RUN, PLAIN, bytes(text), text);
        }
    }

    @Test
    void longLines() {
        String wide = "x".repeat(3_000_000);
        byte[] file = bytes(
                "{\"key\":1,\"text\":\"" + wide + "\"}\n{\"key\":2,\"other\":\"" + wide + "\\u00e9\"}\n{\"key\":3}\n");
        List<String> rows = PLAIN_RUN.decodeLines(file, 10);
        assertEquals(
                List.of(3_000_000L, 0L, 0L),
                rows.stream()
                        .map(each -> each.chars().filter(c -> c == 'x').count())
                        .collect(Collectors.toList()));
        byte[] tooLarge = bytes("{\"key\":1,\"text\":\"" + "y".repeat(17 << 20) + "\"}\n{\"key\":3}\n");
        List<String> after = PLAIN_RUN.decodeRecords(
                List.of(Arrays.copyOf(tooLarge, tooLarge.length - 11), bytes("{\"key\":3}")), 10);
        assertEquals("!TOO_LARGE", after.get(0));
        assertTrue(after.get(1).startsWith("{"));
    }
}
