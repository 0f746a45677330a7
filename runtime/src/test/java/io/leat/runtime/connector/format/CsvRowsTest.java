package io.leat.runtime.connector.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {
    private static final int ROWS = 500;
    private static final Schema TEXTS =
            new Schema(List.of(Field.nullable("a", Type.VARCHAR), Field.nullable("b", Type.VARCHAR)));

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t', '|', '#'})
    void everyTypeReadsBackWithAnotherParser(char delimiter) throws IOException {
        long seed = Long.getLong("seed", 1);
        CsvRows format = new CsvRows(new CsvSettings(delimiter, '"', ""), true);
        try (BufferAllocator allocator = new RootAllocator();
                Batch batch = new Batch(TypedRows.SCHEMA, ROWS, allocator)) {
            List<Map<String, Object>> rows = TypedRows.fill(batch, ROWS, seed);
            String text = text(format, batch, ZoneId.of("America/New_York"), allocator);
            List<CsvRecord> records = CsvReader.builder().fieldSeparator(delimiter).ofCsvRecord(text).stream()
                    .toList();
            assertEquals(ROWS + 1, records.size());
            assertEquals(
                    TypedRows.SCHEMA.fields().stream().map(Field::name).toList(),
                    records.get(0).getFields());
            for (int row = 0; row < ROWS; row++) {
                List<String> fields = records.get(row + 1).getFields();
                assertEquals(TypedRows.SCHEMA.size(), fields.size());
                int column = 0;
                for (Map.Entry<String, Object> entry : rows.get(row).entrySet()) {
                    assertValue(entry, fields.get(column++), "seed " + seed + ", row " + row);
                }
            }
        }
    }

    private static void assertValue(Map.Entry<String, Object> expected, String found, String where) {
        String column = where + ", column " + expected.getKey();
        Object value = expected.getValue();
        if (value == null) {
            assertEquals("", found, column);
        } else if (value instanceof Double number) {
            assertEquals(number, Double.parseDouble(found), column);
        } else if (value instanceof Float number) {
            assertEquals(number, Float.parseFloat(found), column);
        } else if (value instanceof BigDecimal number) {
            assertEquals(number, new BigDecimal(found), column);
        } else if (value instanceof byte[] bytes) {
            assertEquals(Base64.getEncoder().encodeToString(bytes), found, column);
        } else if (value instanceof LocalDate) {
            assertEquals(value, LocalDate.parse(found), column);
        } else if (value instanceof LocalTime) {
            assertEquals(value, LocalTime.parse(found), column);
        } else if (value instanceof LocalDateTime) {
            assertEquals(value, LocalDateTime.parse(found), column);
        } else if (value instanceof Instant) {
            assertEquals(value, OffsetDateTime.parse(found).toInstant(), column);
        } else if (!expected.getKey().equals("outer")
                && !expected.getKey().equals("months")
                && !expected.getKey().equals("micros")) {
            assertEquals(value.toString(), found, column);
        }
    }

    private static String text(CsvRows format, Batch batch, ZoneId zone, BufferAllocator allocator) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RowWriter writer = format.open(batch.schema(), zone, allocator, out)) {
            writer.header();
            for (int row = 0; row < batch.rows(); row++) {
                writer.write(batch, row);
            }
            writer.flush();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String texts(CsvRows format, String... values) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                Batch batch = new Batch(TEXTS, 8, allocator)) {
            for (int i = 0; i < values.length; i++) {
                if (values[i] == null) {
                    batch.column(i % 2).putNull(i / 2);
                } else {
                    batch.column(i % 2).putText(i / 2, values[i]);
                }
                batch.rows(i / 2 + 1);
            }
            return text(format, batch, ZoneOffset.UTC, allocator);
        }
    }

    @Test
    void nullAndEmptyStayApart() throws IOException {
        CsvRows format = new CsvRows(CsvSettings.COMMA, false);
        assertEquals(",\"\"\n\"\",x\n", texts(format, null, "", "", "x"));
    }

    @Test
    void aTextThatMeansNullIsQuoted() throws IOException {
        CsvRows format = new CsvRows(new CsvSettings(',', '"', "NULL"), false);
        assertEquals("NULL,\"NULL\"\n\"\",null\n", texts(format, null, "NULL", "", "null"));
    }

    @Test
    void aMarkThatReadersDropIsQuoted() throws IOException {
        assertEquals("\"\uFEFFa\",b\n", texts(new CsvRows(CsvSettings.COMMA, false), "\uFEFFa", "b"));
    }

    @ParameterizedTest
    @CsvSource({"',', '\"'", "';', ''''", "'\t', '\"'"})
    void theHeaderNamesTheColumns(char delimiter, char quote) throws IOException {
        assertEquals("a" + delimiter + "b\n", texts(new CsvRows(new CsvSettings(delimiter, quote, ""), true)));
    }

    @Test
    void nestedRowsAreJson() throws IOException {
        Schema schema = new Schema(List.of(Field.nullable(
                "r", new Type.RowType(List.of(Field.nullable("x", Type.INT), Field.nullable("y", Type.VARCHAR))))));
        try (BufferAllocator allocator = new RootAllocator();
                Batch batch = new Batch(schema, 2, allocator)) {
            batch.column(0).putPresent(0);
            batch.column(1).putInt(0, 1);
            batch.column(2).putText(0, "a");
            batch.rows(1);
            assertEquals(
                    "\"{\"\"x\"\":1,\"\"y\"\":\"\"a\"\"}\"\n",
                    text(new CsvRows(CsvSettings.COMMA, false), batch, ZoneOffset.UTC, allocator));
        }
    }
}
