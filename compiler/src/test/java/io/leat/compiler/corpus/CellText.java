package io.leat.compiler.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leat.compiler.expr.ByteText;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
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
 * String}; {@link ByteText}; a {@code List} for a row; null for NULL.
 *
 * <p>Numbers stand as they print, decimals with all digits of their scale; timestamps as {@code 2026-01-31T12:00:00.5}, in UTC those
 * with zone, and without {@code 1970-01-01T}; bytes as {@code x'0AFF'}; intervals as {@code 14 months} or {@code 90.5 s}; a row as
 * a JSON object.
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
        return type instanceof RowType row ? row(text, row) : time(text, type);
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

    private static Object row(String text, RowType type) {
        try {
            return row(JSON.readTree(text), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no row: " + text, e);
        }
    }

    private static List<Object> row(JsonNode node, RowType type) {
        List<Object> values = new ArrayList<>();
        for (Field field : type.fields()) {
            JsonNode value = node.get(field.name());
            boolean isNull = value == null || value.isNull();
            values.add(
                    isNull
                            ? null
                            : field.type() instanceof RowType inner
                                    ? row(value, inner)
                                    : parse(value.asText(), field.type()));
        }
        return values;
    }

    /** The cell that stands for a value. */
    public static String print(Object value, Type type) {
        if (value == null) {
            return "NULL";
        }
        if (type instanceof VarcharType) {
            return Cell.ofText((String) value);
        }
        return type instanceof RowType row ? json(value, row).toString() : plain(value, type);
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

    private static ObjectNode json(Object value, RowType type) {
        ObjectNode node = JSON.createObjectNode();
        List<?> values = (List<?>) value;
        for (int i = 0; i < type.fields().size(); i++) {
            Field field = type.fields().get(i);
            Object each = values.get(i);
            if (each == null) {
                node.putNull(field.name());
            } else if (field.type() instanceof RowType inner) {
                node.set(field.name(), json(each, inner));
            } else if (each instanceof Boolean truth) {
                node.put(field.name(), truth);
            } else if (each instanceof Long number && field.type() instanceof IntegerType) {
                node.put(field.name(), number);
            } else {
                node.put(field.name(), field.type() instanceof VarcharType ? (String) each : plain(each, field.type()));
            }
        }
        return node;
    }
}
