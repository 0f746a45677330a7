package io.leat.runtime.connector.datagen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedValuesTest extends GeneratedRows {

    @Test
    void valuesLieInTheirRange() {
        List<Integer> seen =
                rows(schema("n", Type.INT), "number-of-rows", "2000", "fields.n.min", "-3", "fields.N.max", "3")
                        .stream()
                        .map(Integer::valueOf)
                        .toList();
        assertEquals(
                List.of(-3, -2, -1, 0, 1, 2, 3),
                new HashSet<>(seen).stream().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource({
        "TINYINT, -128, 127",
        "BIGINT, -9223372036854775808, 9223372036854775807",
        "DECIMAL, -99999999.99, 99999999.99",
        "WIDE, -9999999999999999999.0000000000000000000, 9999999999999999999.0000000000000000000",
        "DOUBLE, -1.7976931348623157E308, 1.7976931348623157E308",
        "REAL, -3.4028235E38, 3.4028235E38"
    })
    void fullRangesAreInside(String type, String min, String max) {
        Map<String, Type> types = Map.of(
                "TINYINT", Type.TINYINT,
                "BIGINT", Type.BIGINT,
                "DECIMAL", new Type.DecimalType(10, 2),
                "WIDE", new Type.DecimalType(38, 19),
                "DOUBLE", Type.DOUBLE,
                "REAL", Type.REAL);
        Schema schema = schema("n", types.get(type));
        int negative = 0;
        for (String line : rows(schema, "number-of-rows", "500", "fields.n.min", min, "fields.n.max", max)) {
            BigDecimal value = new BigDecimal(line);
            assertTrue(value.compareTo(new BigDecimal(min)) >= 0 && value.compareTo(new BigDecimal(max)) <= 0, line);
            negative += value.signum() < 0 ? 1 : 0;
        }
        assertTrue(negative > 150 && negative < 350, "about half of the range is negative: " + negative);
    }

    @Test
    void timesLieInTheirRange() {
        Schema schema = new Schema(List.of(
                Field.nullable("d", Type.DATE),
                Field.nullable("t", new Type.TimeType(0)),
                Field.nullable("ts", new Type.TimestampType(3, false))));
        List<String> lines = rows(
                schema,
                "number-of-rows",
                "500",
                "fields.d.min",
                "2026-02-28",
                "fields.d.max",
                "2026-03-01",
                "fields.t.min",
                "23:59:58",
                "fields.t.max",
                "23:59:59",
                "fields.ts.min",
                "2026-01-01 00:00:00",
                "fields.ts.max",
                "2026-01-01T00:00:00.001Z");
        assertEquals(2 * 2 * 2, new HashSet<>(lines).size());
        assertTrue(lines.contains("2026-02-28,23:59:59,2026-01-01T00:00:00.001"));
    }

    @Test
    void textsAndBytesHaveTheirLength() {
        Schema schema = new Schema(List.of(
                Field.nullable("s", Type.VARCHAR),
                Field.nullable("v", new Type.VarcharType(5)),
                Field.nullable("b", Type.VARBINARY)));
        for (String line : rows(schema, "number-of-rows", "100", "fields.s.length", "33", "fields.b.length", "3")) {
            assertTrue(line.matches("[0-9a-f]{33},[0-9a-f]{5},[A-Za-z0-9+/]{4}"), line);
        }
        List<String> empty = rows(schema("s", Type.VARCHAR), "number-of-rows", "1", "fields.s.length", "0");
        assertEquals(List.of("\"\""), empty);
    }

    @Test
    void listedValuesComeByTheirWeight() {
        Map<String, Integer> counts = new TreeMap<>();
        rows(
                        schema("s", Type.VARCHAR),
                        "number-of-rows",
                        "10000",
                        "fields.s.values",
                        "a,bb,never",
                        "fields.s.weights",
                        "9,1,0")
                .forEach(value -> counts.merge(value, 1, Integer::sum));
        assertEquals(List.of("a", "bb"), List.copyOf(counts.keySet()));
        assertEquals(1_000, counts.get("bb"), 150);
    }

    @Test
    void listedValuesAreOfAnyType() {
        for (Map.Entry<Type, String> entry : Map.of(
                        Type.BOOLEAN,
                        "true",
                        Type.BIGINT,
                        "-5",
                        Type.DOUBLE,
                        "1.5",
                        new Type.DecimalType(30, 2),
                        "1.25",
                        Type.DATE,
                        "2026-01-31",
                        Type.VARBINARY,
                        "AP8=",
                        new Type.TimestampType(3, false),
                        "2026-01-31T12:00:00.123")
                .entrySet()) {
            assertEquals(
                    List.of(entry.getValue()),
                    rows(schema("x", entry.getKey()), "number-of-rows", "1", "fields.x.values", entry.getValue()));
        }
    }

    @Test
    void aShareOfValuesIsNull() {
        long nulls = rows(schema("n", Type.INT), "number-of-rows", "10000", "fields.n.null-rate", "0.25").stream()
                .filter("NULL"::equals)
                .count();
        assertEquals(2_500, (double) nulls, 250);
    }

    @Test
    void fieldsOfAnAbsentRowAreNull() {
        Schema schema = schema(
                "r",
                new Type.RowType(List.of(
                        Field.nullable("a", Type.INT),
                        Field.nullable("s", new Type.RowType(List.of(Field.required("b", Type.INT)))))));
        List<String> lines = rows(
                schema,
                "number-of-rows",
                "200",
                "fields.r.null-rate",
                "0.5",
                "fields.r.a.max",
                "0",
                "fields.r.s.null-rate",
                "0.5",
                "fields.r.s.b.min",
                "7",
                "fields.r.s.b.max",
                "7");
        assertEquals(
                List.of("\"{\"\"a\"\":0,\"\"s\"\":null}\"", "\"{\"\"a\"\":0,\"\"s\"\":{\"\"b\"\":7}}\"", "NULL"),
                new HashSet<>(lines).stream().sorted().toList());
    }

    // ---- sequences

    @Test
    void sequencesGoOnOverAllPartitions() {
        Schema schema = new Schema(List.of(
                Field.nullable("n", Type.BIGINT),
                Field.nullable("p", new Type.DecimalType(10, 2)),
                Field.nullable("s", Type.VARCHAR)));
        List<List<String>> partitions = partitions(
                schema,
                2,
                "partitions",
                "2",
                "rows-per-second",
                "0",
                "fields.n.kind",
                "sequence",
                "fields.n.start",
                "10",
                "fields.n.end",
                "14",
                "fields.p.kind",
                "sequence",
                "fields.s.kind",
                "sequence");
        assertEquals(
                List.of(List.of("10,0.00,0", "12,2.00,2", "14,4.00,4"), List.of("11,1.00,1", "13,3.00,3")), partitions);
    }

    @Test
    void aSequenceBeginsAgainBehindTheLargestNumber() {
        List<String> lines = rows(
                schema("n", Type.TINYINT), "number-of-rows", "5", "fields.n.kind", "sequence", "fields.n.start", "125");
        assertEquals(List.of("125", "126", "127", "125", "126"), lines);
    }

    // ---- event time

    private List<LocalDateTime> times(String... options) {
        return rows(schema("ts", new Type.TimestampType(3, false)), options).stream()
                .map(LocalDateTime::parse)
                .toList();
    }

    @Test
    void eventTimeGoesOnByItsStep() {
        LocalDateTime start = LocalDateTime.parse("2026-01-01T00:00:00");
        List<LocalDateTime> times = times("number-of-rows", "100");
        for (int i = 0; i < 100; i++) {
            assertEquals(start.plus(Duration.ofMillis(i)), times.get(i));
        }
        assertEquals(
                List.of(LocalDateTime.parse("1999-12-31T23:00:00"), LocalDateTime.parse("2000-01-01T00:00:00")),
                times(
                        "number-of-rows",
                        "2",
                        "event-time.start",
                        "2000-01-01T00:00:00+01:00",
                        "event-time.step",
                        "1 h"));
    }

    @Test
    void partitionsShareTheClock() {
        Schema schema = schema("ts", new Type.TimestampType(0, true));
        assertEquals(
                List.of(
                        List.of("2026-01-01T00:00:00Z", "2026-01-01T00:00:02Z"),
                        List.of("2026-01-01T00:00:01Z", "2026-01-01T00:00:03Z")),
                partitions(
                        schema,
                        10,
                        "number-of-rows",
                        "4",
                        "partitions",
                        "2",
                        "rows-per-second",
                        "0",
                        "event-time.step",
                        "1 s"));
    }

    @Test
    void someRowsAreEarlier() {
        LocalDateTime start = LocalDateTime.parse("2026-01-01T00:00:00");
        int late = 0;
        int onTime = 0;
        List<LocalDateTime> times = times(
                "number-of-rows",
                "10000",
                "event-time.step",
                "1 s",
                "event-time.jitter",
                "500 ms",
                "event-time.late-rate",
                "0.1",
                "event-time.late-by",
                "1 min");
        for (int i = 0; i < times.size(); i++) {
            long early = Duration.between(times.get(i), start.plusSeconds(i)).toMillis();
            boolean isLate = early >= 60_000;
            assertTrue(early >= 0 && (early - (isLate ? 60_000 : 0)) <= 500, "earlier by " + early);
            late += isLate ? 1 : 0;
            onTime += early == 0 ? 1 : 0;
        }
        assertEquals(1_000, late, 150);
        assertTrue(onTime < 100);
    }

    @Test
    void theEventTimeColumnMayBeNamed() {
        Type time = new Type.TimestampType(3, false);
        Schema schema = new Schema(List.of(Field.nullable("a", time), Field.nullable("b", time)));
        String line = rows(schema, "number-of-rows", "1").get(0);
        assertEquals("2026-01-01T00:00:00,2026-01-01T00:00:00", line);
        line = rows(schema, "number-of-rows", "1", "event-time.column", "B").get(0);
        assertFalse(line.startsWith("2026-01-01T00:00:00,"));
        assertTrue(line.endsWith(",2026-01-01T00:00:00"));
        line = rows(schema, "number-of-rows", "1", "fields.b.max", "2021-01-01T00:00:00")
                .get(0);
        assertTrue(line.matches("2026-01-01T00:00:00,2020-.*"), line);
    }
}
