package io.leat.compiler.oracle;

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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Values as DuckDB writes them, and expressions of DuckDB from which a value can be read back without loss. Values in Java are those
 * of {@link io.leat.compiler.corpus.CellText}.
 */
final class DuckDbValues {
    private DuckDbValues() {}

    /** The type of DuckDB that holds all values of a type. */
    static String type(Type type) {
        if (type instanceof TimestampType timestamp) {
            if (timestamp.nanos() && timestamp.local()) {
                throw new IllegalArgumentException("DuckDB has no " + type.sql());
            }
            return timestamp.local() ? "TIMESTAMPTZ" : timestamp.nanos() ? "TIMESTAMP_NS" : "TIMESTAMP";
        }
        if (type instanceof ArrayType array) {
            return type(array.element()) + "[]";
        }
        if (type instanceof RowType row) {
            return row.fields().stream()
                    .map(field -> name(field.name()) + " " + type(field.type()))
                    .collect(java.util.stream.Collectors.joining(", ", "STRUCT(", ")"));
        }
        if (type instanceof DecimalType || type instanceof IntegerType || type instanceof FloatType) {
            return type.sql();
        }
        if (type instanceof VarcharType) {
            return "VARCHAR";
        }
        if (type instanceof VarbinaryType) {
            return "BLOB";
        }
        if (type instanceof TimeType) {
            return "TIME";
        }
        return type instanceof IntervalType ? "INTERVAL" : type.sql();
    }

    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A value as an expression. */
    static String literal(Object value, Type type) {
        if (value == null) {
            return "CAST(NULL AS " + type(type) + ")";
        }
        if (type instanceof VarcharType) {
            return "'" + ((String) value).replace("'", "''") + "'";
        }
        if (type instanceof VarbinaryType) {
            return "from_hex('" + value + "')";
        }
        if (type instanceof DateType) {
            return "(DATE '1970-01-01' + " + value + ")";
        }
        if (type instanceof TimeType) {
            return "(TIME '00:00:00' + to_microseconds(" + value + "))";
        }
        if (type instanceof TimestampType timestamp) {
            String zone = timestamp.local() ? "tz" : timestamp.nanos() ? "_ns" : "";
            return "make_timestamp" + zone + "(" + value + ")";
        }
        if (type instanceof IntervalType interval) {
            return (interval.months() ? "to_months(" : "to_microseconds(") + value + ")";
        }
        if (type instanceof RowType row) {
            return struct((List<?>) value, row);
        }
        if (type instanceof ArrayType array) {
            return ((List<?>) value)
                            .stream()
                                    .map(element -> literal(element, array.element()))
                                    .collect(java.util.stream.Collectors.joining(", ", "CAST([", "] AS "))
                    + type(type) + ")";
        }
        String text = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        return "CAST('" + text + "' AS " + type(type) + ")";
    }

    private static String struct(List<?> values, RowType type) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Field field = type.fields().get(i);
            fields.add("'" + field.name().replace("'", "''") + "': " + literal(values.get(i), field.type()));
        }
        return "{" + String.join(", ", fields) + "}";
    }

    /** Adds the expressions from which {@link #read} makes a value of a type: one, or several for a row. */
    static void addReads(String value, Type type, List<String> into) {
        if (type instanceof RowType row) {
            into.add(value + " IS NOT NULL");
            row.fields().forEach(field -> addReads(value + "." + name(field.name()), field.type(), into));
        } else {
            into.add(readable(value, type));
        }
    }

    private static String readable(String value, Type type) {
        if (type instanceof BooleanType) {
            return value;
        }
        if (type instanceof ArrayType array) {
            String element = "e" + value.length();
            return "list_transform(" + value + ", lambda " + element + ": " + readable(element, array.element()) + ")";
        }
        if (type instanceof FloatType) {
            return "CAST(" + value + " AS DOUBLE)";
        }
        if (type instanceof VarbinaryType) {
            return "hex(" + value + ")";
        }
        if (type instanceof DateType) {
            return "date_diff('day', DATE '1970-01-01', CAST(" + value + " AS DATE))";
        }
        if (type instanceof TimestampType timestamp && timestamp.nanos()) {
            return "epoch_ns(" + value + ")";
        }
        if (type instanceof IntervalType interval && interval.months()) {
            return "(date_part('year', " + value + ") * 12 + date_part('month', " + value + "))";
        }
        boolean time = type instanceof TimestampType || type instanceof TimeType || type instanceof IntervalType;
        return time ? "epoch_us(" + value + ")" : "CAST(" + value + " AS VARCHAR)";
    }

    /** The value of a type from what its expressions gave, in order. */
    static Object read(java.util.Iterator<Object> given, Type type) {
        Object value = given.next();
        if (type instanceof RowType row) {
            List<Object> fields = new ArrayList<>();
            row.fields().forEach(field -> fields.add(read(given, field.type())));
            return (Boolean) value ? fields : null;
        }
        return value == null ? null : value(value, type);
    }

    private static Object value(Object value, Type type) {
        if (type instanceof BooleanType) {
            return value;
        }
        if (type instanceof ArrayType array) {
            return elements((java.sql.Array) value, array);
        }
        if (type instanceof FloatType real) {
            // Adding zero takes the sign from -0.0.
            double number = (Double) value + 0.0;
            return real.bits() == 32 ? (Object) (float) number : (Object) number;
        }
        if (type instanceof DecimalType decimal) {
            return new BigDecimal((String) value).setScale(decimal.scale());
        }
        if (type instanceof VarbinaryType) {
            return new ByteText(java.util.HexFormat.of().parseHex((String) value));
        }
        return type instanceof VarcharType ? value : (Object) new BigDecimal(value.toString()).longValueExact();
    }

    private static List<Object> elements(java.sql.Array array, ArrayType type) {
        try {
            List<Object> elements = new ArrayList<>();
            for (Object element : (Object[]) array.getArray()) {
                elements.add(element == null ? null : value(element, type.element()));
            }
            return elements;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
