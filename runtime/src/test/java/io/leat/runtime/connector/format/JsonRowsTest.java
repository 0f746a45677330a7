package io.leat.runtime.connector.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leat.runtime.batch.Batch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class JsonRowsTest {
    private static final int ROWS = 500;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @Test
    void everyTypeReadsBackWithAnotherParser() throws IOException {
        long seed = Long.getLong("seed", 1);
        for (ZoneId zone : List.of(ZoneOffset.UTC, ZoneId.of("Europe/Warsaw"), ZoneId.of("Asia/Kathmandu"))) {
            try (BufferAllocator allocator = new RootAllocator();
                    Batch batch = new Batch(TypedRows.SCHEMA, ROWS, allocator)) {
                List<Map<String, Object>> rows = TypedRows.fill(batch, ROWS, seed);
                List<String> lines = lines(batch, zone, allocator);
                assertEquals(ROWS, lines.size());
                for (int row = 0; row < ROWS; row++) {
                    JsonNode object = MAPPER.readTree(lines.get(row));
                    assertRow(rows.get(row), object, "seed " + seed + ", row " + row);
                    assertEquals(fieldNames(rows.get(row)), fieldNames(object), "the order is that of the columns");
                }
            }
        }
    }

    private static List<String> fieldNames(Map<String, Object> row) {
        return List.copyOf(row.keySet());
    }

    private static List<String> fieldNames(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> lines(Batch batch, ZoneId zone, BufferAllocator allocator) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RowWriter writer = new JsonRows().open(batch.schema(), zone, allocator, out)) {
            writer.header();
            for (int row = 0; row < batch.rows(); row++) {
                writer.write(batch, row);
            }
            writer.flush();
        }
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.endsWith("\n"));
        return List.of(text.split("\n"));
    }

    @SuppressWarnings("unchecked")
    private static void assertRow(Map<String, Object> row, JsonNode object, String where) throws IOException {
        for (Map.Entry<String, Object> entry : row.entrySet()) {
            JsonNode found = object.get(entry.getKey());
            String column = where + ", column " + entry.getKey() + ": " + found;
            if (entry.getValue() instanceof Map<?, ?> inner) {
                assertRow((Map<String, Object>) inner, found, column);
            } else {
                assertValue(entry.getKey(), entry.getValue(), found, column);
            }
        }
    }

    private static void assertValue(String name, Object expected, JsonNode found, String where) throws IOException {
        if (expected == null) {
            assertTrue(found.isNull(), where);
        } else if (name.equals("months") || name.equals("micros")) {
            assertTrue(found.isTextual(), where); // see IntervalTextTest
        } else if (expected instanceof Boolean flag) {
            assertEquals(flag, found.booleanValue(), where);
        } else if (expected instanceof Long number) {
            assertTrue(found.isIntegralNumber(), where);
            assertEquals(number, found.longValue(), where);
        } else if (expected instanceof Double number) {
            assertEquals(number, Double.parseDouble(found.asText()), where);
        } else if (expected instanceof Float number) {
            assertEquals(number, Float.parseFloat(found.asText()), where);
        } else if (expected instanceof BigDecimal number) {
            assertEquals(number, found.decimalValue(), where);
        } else if (expected instanceof byte[] bytes) {
            assertArrayEquals(bytes, found.binaryValue(), where);
        } else {
            assertTrue(found.isTextual(), where);
            assertEquals(expected, parsed(expected, found.textValue()), where);
        }
    }

    private static Object parsed(Object like, String text) {
        if (like instanceof LocalDate) {
            return LocalDate.parse(text);
        }
        if (like instanceof LocalTime) {
            return LocalTime.parse(text);
        }
        if (like instanceof LocalDateTime) {
            return LocalDateTime.parse(text);
        }
        return like instanceof Instant ? OffsetDateTime.parse(text).toInstant() : text;
    }

    @Test
    void linesLookAsThePublicFormatSays() throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                Batch batch = new Batch(TypedRows.SCHEMA, 4, allocator)) {
            batch.column(4).putLong(0, 9_007_199_254_740_993L);
            batch.column(6).putDouble(0, 77);
            batch.column(7).putDecimal(0, 5);
            batch.column(10).putText(0, "a\"b\\c\n€");
            batch.column(11).putBytes(0, new byte[] {0, -1, 16});
            batch.column(14).putLong(0, 1_767_225_600_120_000L);
            batch.column(16).putLong(0, 1_767_225_600_000_001L);
            batch.column(19).putPresent(0);
            batch.column(22).putText(0, "deep");
            batch.column(21).putPresent(0);
            batch.rows(1);
            assertEquals(
                    "{\"flag\":null,\"tiny\":null,\"small\":null,\"number\":null,\"big\":9007199254740993,\"real\":null,"
                            + "\"double\":77.0,\"price\":0.05,\"whole\":null,\"wide\":null,"
                            + "\"text \\\"with, all\\\"\":\"a\\\"b\\\\c\\n€\",\"bytes\":\"AP8Q\",\"day\":null,\"time\":null,"
                            + "\"ts\":\"2026-01-01T00:00:00.120\",\"ts9\":null,"
                            + "\"instant\":\"2026-01-01T01:00:00.000001+01:00\",\"months\":null,\"micros\":null,"
                            + "\"outer\":{\"a\":null,\"inner\":{\"b\":\"deep\",\"c\":null},\"d\":null},\"last\":null}",
                    lines(batch, ZoneId.of("Europe/Warsaw"), allocator).get(0));
        }
    }
}
