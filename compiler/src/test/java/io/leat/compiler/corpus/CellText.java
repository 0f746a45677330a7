package io.leat.compiler.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leat.compiler.expr.ByteText;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.BooleanType;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.RowType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.type.Type.VarbinaryType;
import io.leat.runtime.type.Type.VarcharType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Cells to values and back. Values are Java objects: {@code Boolean}; {@code Long} for integers, dates, times, timestamps and
 * intervals in the units of {@link Type}; {@code Float} and {@code Double}; {@code BigDecimal} with the scale of its type; {@code
 * String}; {@link ByteText}; a {@code List} for a row and for an array; null for NULL.
 *
 * <p>Numbers stand as they print, decimals with all digits of their scale; timestamps as {@code 2026-01-31T12:00:00.5}, in UTC those
 * with zone, and without {@code 1970-01-01T}; bytes as {@code x'0AFF'}; intervals as {@code 14 months} or {@code 90.5 s}; a row as
 * a JSON object; an array as a JSON array.
 */
public final class CellText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate EPOCH = LocalDate.EPOCH;
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    private CellText() {}

    /** The value that a cell stands for. */
    static Object parse(Cell cell, Type type) {
        if (cell.isNull()) {
            return null;
        }
        return parse(cell.text(), type);
    }

    private static Object parse(String text, Type type) {
        if (type instanceof BooleanType) {
            return truth(text);
        }
        if (type instanceof IntegerType) {
            return Long.valueOf(text);
        }
        if (type instanceof FloatType real) {
            return real.bits() == 32 ? (Object) Float.valueOf(text) : Double.valueOf(text);
        }
        if (type instanceof DecimalType decimal) {
            BigDecimal value = new BigDecimal(text);
            if (value.scale() != decimal.scale()) {
                throw new IllegalArgumentException(text + " is not written as " + type.sql());
            }
            return value;
        }
        if (type instanceof VarcharType) {
            return text;
        }
        if (type instanceof VarbinaryType) {
            return new ByteText(HexFormat.of().parseHex(text.substring(2, text.length() - 1)));
        }
        return type instanceof RowType || type instanceof ArrayType ? nested(text, type) : time(text, type);
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("no boolean: " + text);
        };
    }

    private static Object time(String text, Type type) {
        if (type instanceof DateType) {
            return LocalDate.parse(text).toEpochDay();
        }
        if (type instanceof TimeType) {
            return LocalTime.parse(text).toNanoOfDay() / 1000;
        }
        if (type instanceof IntervalType interval) {
            String amount = text.substring(0, text.indexOf(' '));
            return interval.months()
                    ? Long.valueOf(amount)
                    : (Object) new BigDecimal(amount).multiply(MICROS).longValueExact();
        }
        TimestampType timestamp = (TimestampType) type;
        LocalDateTime local = text.contains("T")
                ? LocalDateTime.parse(text)
                : LocalTime.parse(text).atDate(EPOCH);
        return Math.addExact(
                Math.multiplyExact(local.toEpochSecond(ZoneOffset.UTC), timestamp.ticksPerSecond()),
                local.getNano() / (1_000_000_000L / timestamp.ticksPerSecond()));
    }

    private static Object nested(String text, Type type) {
        try {
            return value(JSON.readTree(text), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no " + type.sql() + ": " + text, e);
        }
    }

    private static Object value(JsonNode node, Type type) {
        if (node == null || node.isNull()) {
            return null;
        }
        List<Object> values = new ArrayList<>();
        if (type instanceof ArrayType array) {
            node.forEach(element -> values.add(value(element, array.element())));
            return values;
        }
        if (type instanceof RowType row) {
            row.fields().forEach(field -> values.add(value(node.get(field.name()), field.type())));
            return values;
        }
        return parse(node.asText(), type);
    }

    /** The cell that stands for a value. */
    public static String print(Object value, Type type) {
        if (value == null) {
            return "NULL";
        }
        if (type instanceof VarcharType) {
            return Cell.ofText((String) value);
        }
        boolean nested = type instanceof RowType || type instanceof ArrayType;
        return nested ? json(value, type).toString() : plain(value, type);
    }

    private static String plain(Object value, Type type) {
        if (type instanceof DecimalType) {
            return ((BigDecimal) value).toPlainString();
        }
        if (type instanceof VarbinaryType) {
            return "x'" + value + "'";
        }
        if (type instanceof DateType) {
            return LocalDate.ofEpochDay((Long) value).toString();
        }
        if (type instanceof TimeType) {
            return LocalTime.ofNanoOfDay((Long) value * 1000).toString();
        }
        if (type instanceof IntervalType interval) {
            return interval.months()
                    ? value + " months"
                    : BigDecimal.valueOf((Long) value, 6).stripTrailingZeros().toPlainString() + " s";
        }
        if (type instanceof TimestampType timestamp) {
            long ticks = timestamp.ticksPerSecond();
            LocalDateTime local = LocalDateTime.ofEpochSecond(
                    Math.floorDiv((Long) value, ticks),
                    (int) (Math.floorMod((Long) value, ticks) * (1_000_000_000L / ticks)),
                    ZoneOffset.UTC);
            return local.toLocalDate().equals(EPOCH) ? local.toLocalTime().toString() : local.toString();
        }
        return value.toString();
    }

    private static JsonNode json(Object value, Type type) {
        if (value == null) {
            return JSON.nullNode();
        }
        if (type instanceof ArrayType array) {
            ArrayNode node = JSON.createArrayNode();
            ((List<?>) value).forEach(element -> node.add(json(element, array.element())));
            return node;
        }
        if (type instanceof RowType row) {
            ObjectNode node = JSON.createObjectNode();
            for (int i = 0; i < row.fields().size(); i++) {
                Field field = row.fields().get(i);
                node.set(field.name(), json(((List<?>) value).get(i), field.type()));
            }
            return node;
        }
        if (value instanceof Boolean truth) {
            return JSON.getNodeFactory().booleanNode(truth);
        }
        if (value instanceof Long number && type instanceof IntegerType) {
            return JSON.getNodeFactory().numberNode(number);
        }
        return JSON.getNodeFactory().textNode(type instanceof VarcharType ? (String) value : plain(value, type));
    }
}
