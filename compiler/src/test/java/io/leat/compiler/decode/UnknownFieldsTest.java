package io.leat.compiler.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.decode.UnknownFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Names that no column has are counted one by one, in whatever order the generated decoder has learnt the members to come. */
class UnknownFieldsTest {
    private static final int RECORDS = 2_000;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The same name in two spellings is one, and names in a row value are not those beside it. */
    @Test
    void everyNameIsCounted() {
        List<String> names =
                List.of("a", "x", "long name of more than sixteen bytes", "ü", "with \\\"quote\\\"", "\\u0078", "");
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            Map<String, Long> expected = new TreeMap<>();
            StringBuilder file = new StringBuilder();
            for (int record = 0; record < RECORDS; record++) {
                boolean usual = random.nextInt(10) > 0;
                file.append('{');
                int members = usual ? names.size() : random.nextInt(8);
                for (int i = 0; i < members; i++) {
                    String name = names.get(usual ? i : random.nextInt(names.size()));
                    file.append('"').append(name).append("\":").append(i).append(',');
                    count(expected, "", name);
                }
                String inner = names.get(random.nextInt(names.size()));
                file.append("\"r\":{\"b\":1,\"").append(inner).append("\":[]},\"unread\":null}\n");
                count(expected, "r.", inner);
            }
            try (DecoderRun run = new DecoderRun("a INT, unread INT, r ROW<b INT>", "a, r", "'format'='json'")) {
                run.decodeLines(bytes(file.toString()), 100);
                assertEquals(new UnknownFields.Counts(expected, 0), run.unknownFields(), "seed " + seed);
            }
        }
    }

    private static void count(Map<String, Long> counts, String row, String name) {
        String meant = name.equals("\\u0078") ? "x" : name.replace("\\\"", "\"");
        if (!row.isEmpty() || !meant.equals("a")) {
            counts.merge(row + meant, 1L, Long::sum);
        }
    }

    /** Those that came first are told apart; all others are counted together, and so are very long ones. */
    @Test
    void namesAreLimited() {
        StringBuilder file = new StringBuilder("{");
        for (int i = 0; i < 1_000; i++) {
            file.append("\"n").append(i).append("\":1,");
        }
        file.append('"').append("x".repeat(UnknownFields.MAX_BYTES + 1)).append("\":1}\n");
        try (DecoderRun run = new DecoderRun("a INT", "a", "'format'='json'")) {
            assertEquals(
                    List.of("{NULL}", "{NULL}"),
                    run.decodeLines(bytes(file.toString().repeat(2)), 100));
            UnknownFields.Counts counts = run.unknownFields();
            assertEquals(UnknownFields.MOST, counts.byName().size());
            assertTrue(counts.byName().containsKey("n" + (UnknownFields.MOST - 1)), counts.toString());
            assertEquals(2L, counts.byName().get("n0"));
            assertEquals(2L * 1_001, counts.total());
            UnknownFields.Counts twice = counts.and(new UnknownFields.Counts(Map.of("m", 5L, "n0", 1L), 3));
            assertEquals(UnknownFields.MOST, twice.byName().size());
            assertEquals(3L, twice.byName().get("n0"));
            assertEquals(2L * 1_001 + 9, twice.total());
        }
    }

    @Test
    void recordsWithThemCanBeRejected() {
        String strict = "'format'='json', 'json.unknown-fields'='reject'";
        try (DecoderRun run = new DecoderRun("a INT, unread INT, r ROW<b INT>", "a, r", strict)) {
            assertEquals(
                    List.of("{1, {2}}", "!UNKNOWN_FIELD", "!UNKNOWN_FIELD", "{3, NULL}", "!TYPE_MISMATCH"),
                    run.decodeRecords(
                            List.of(
                                    bytes("{\"a\":1,\"unread\":[{}],\"r\":{\"b\":2}}"),
                                    bytes("{\"a\":1,\"A\":2}"),
                                    bytes("{\"r\":{\"b\":2,\"a\":1}}"),
                                    bytes("{\"a\":3}"),
                                    bytes("{\"a\":\"x\",\"A\":2}")),
                            10));
        }
    }

    /** What is not read of a row is declared all the same: it is not counted, nor a reason to reject, unless it comes twice. */
    @Test
    void fieldsOfRowsThatNobodyReadsAreKnown() {
        String strict = "'format'='json', 'json.unknown-fields'='reject', 'json.duplicate-keys'='reject'";
        String columns = "r ROW<a INT, b INT, s ROW<c INT, d INT>, u ROW<e INT>>";
        try (DecoderRun run = new DecoderRun(columns, "r.a, r.s.d", strict)) {
            assertEquals(
                    List.of("{{1, {4}}}", "!UNKNOWN_FIELD", "!DUPLICATE_KEY", "!DUPLICATE_KEY"),
                    run.decodeRecords(
                            List.of(
                                    bytes("{\"r\":{\"a\":1,\"b\":2,\"s\":{\"c\":3,\"d\":4},\"u\":{\"e\":5}}}"),
                                    bytes("{\"r\":{\"a\":1,\"c\":2}}"),
                                    bytes("{\"r\":{\"b\":1,\"b\":2}}"),
                                    bytes("{\"r\":{\"s\":{\"c\":3,\"d\":4,\"c\":3}}}")),
                            10));
            assertEquals(new UnknownFields.Counts(Map.of("r.c", 1L), 0), run.unknownFields());
        }
    }

    @Test
    void recordsWithAColumnTwiceCanBeRejected() {
        String strict = "'format'='json', 'json.duplicate-keys'='reject'";
        StringBuilder columns = new StringBuilder("a INT, r ROW<b INT, c INT>");
        for (int i = 0; i < 150; i++) {
            columns.append(", n").append(i).append(" INT");
        }
        try (DecoderRun run = new DecoderRun(columns.toString(), "a, r", strict)) {
            assertEquals(
                    List.of(
                            "{1, {2, 3}}",
                            "!DUPLICATE_KEY",
                            "!DUPLICATE_KEY",
                            "!DUPLICATE_KEY",
                            "{1, NULL}",
                            "{2, {1, 2}}"),
                    run.decodeRecords(
                            List.of(
                                    bytes("{\"a\":1,\"r\":{\"b\":2,\"c\":3},\"n149\":1,\"n148\":1}"),
                                    bytes("{\"a\":1,\"\\u0061\":1}"),
                                    bytes("{\"r\":{\"b\":2,\"b\":2}}"),
                                    bytes("{\"n149\":1,\"n149\":1}"),
                                    bytes("{\"a\":1,\"z\":1,\"z\":1}"),
                                    bytes("{\"a\":2,\"r\":{\"b\":1,\"c\":2}}")),
                            10));
        }
    }
}
