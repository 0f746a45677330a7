package io.leat.compiler.bind;

import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.tree.TypeName;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.RowType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.type.Type.VarcharType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of types to types. */
final class TypeBinder {
    private static final List<String> NAMES = List.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INT",
            "BIGINT",
            "REAL",
            "DOUBLE",
            "DECIMAL",
            "VARCHAR",
            "VARBINARY",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "TIMESTAMP_LTZ",
            "INTERVAL",
            "ROW",
            "ARRAY");

    private final Problems problems;

    TypeBinder(Problems problems) {
        this.problems = problems;
    }

    /** The type; BIGINT after an error, so that binding can go on. */
    Type bind(TypeName name) {
        return switch (name.name()) {
            case "BOOLEAN" -> plain(name, Type.BOOLEAN);
            case "TINYINT" -> plain(name, Type.TINYINT);
            case "SMALLINT" -> plain(name, Type.SMALLINT);
            case "INT" -> plain(name, Type.INT);
            case "BIGINT" -> plain(name, Type.BIGINT);
            case "REAL" -> plain(name, Type.REAL);
            case "DOUBLE" -> plain(name, Type.DOUBLE);
            case "VARBINARY" -> Type.VARBINARY;
            case "DATE" -> plain(name, Type.DATE);
            case "INTERVAL_MONTHS" -> Type.INTERVAL_MONTHS;
            case "INTERVAL_MICROS" -> Type.INTERVAL_MICROS;
            case "VARCHAR" -> new VarcharType(number(name, 0, VarcharType.UNBOUNDED, 1, VarcharType.UNBOUNDED));
            case "DECIMAL" -> decimal(name);
            case "TIME" -> new TimeType(number(name, 0, 0, 0, TimeType.MAX_PRECISION));
            case "TIMESTAMP" ->
                new TimestampType(
                        number(name, 0, TimestampType.MAX_MICROS_PRECISION, 0, TimestampType.MAX_PRECISION), false);
            case "TIMESTAMP_LTZ" ->
                new TimestampType(
                        number(name, 0, TimestampType.MAX_MICROS_PRECISION, 0, TimestampType.MAX_PRECISION), true);
            case "ROW" -> row(name);
            case "ARRAY" -> array(name);
            default -> unknown(name);
        };
    }

    private Type plain(TypeName name, Type type) {
        if (!name.arguments().isEmpty()) {
            problems.add(
                    ErrorCode.UNKNOWN_TYPE,
                    name.at(),
                    name.name() + " takes no length or precision",
                    "write " + name.name());
        }
        return type;
    }

    private int number(TypeName name, int index, int otherwise, int least, int greatest) {
        if (name.arguments().size() <= index) {
            return otherwise;
        }
        long given = name.arguments().get(index);
        if (given < least || given > greatest) {
            problems.add(
                    ErrorCode.UNKNOWN_TYPE,
                    name.at(),
                    name.name() + " takes a number from " + least + " to " + greatest + " here, and not " + given);
            return otherwise;
        }
        return (int) given;
    }

    private Type decimal(TypeName name) {
        int precision = number(name, 0, 10, 1, DecimalType.MAX_PRECISION);
        int scale = number(name, 1, 0, 0, precision);
        return new DecimalType(precision, scale);
    }

    private Type row(TypeName name) {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (TypeName.FieldDefinition field : name.fields()) {
            if (!names.add(field.name().key())) {
                problems.add(
                        ErrorCode.DUPLICATE_COLUMN, field.at(), "two fields of a row are named '" + field.name() + "'");
            }
            fields.add(new Field(field.name().text(), bind(field.type()), !field.notNull()));
        }
        return new RowType(fields);
    }

    private Type array(TypeName name) {
        if (name.elements().isEmpty()) {
            problems.add(
                    ErrorCode.UNKNOWN_TYPE,
                    name.at(),
                    "an ARRAY has elements of a type",
                    "write ARRAY<INT>, INT ARRAY or INT[]");
            return Type.BIGINT;
        }
        Type element = bind(name.elements().get(0));
        if (element instanceof RowType) {
            problems.add(
                    ErrorCode.UNKNOWN_TYPE,
                    name.elements().get(0).at(),
                    "rows cannot be elements of an array yet",
                    "declare an array for each field, or the column as VARCHAR");
            return new ArrayType(Type.BIGINT);
        }
        return new ArrayType(element);
    }

    private Type unknown(TypeName name) {
        String help = switch (name.name()) {
            case "CHAR", "BINARY" -> "use " + (name.name().equals("CHAR") ? "VARCHAR(n)" : "VARBINARY");
            case "MAP", "MULTISET" -> "maps and multisets come later; declare the column as VARCHAR, or as an ARRAY";
            case "TIMESTAMP_TZ" -> "use TIMESTAMP_LTZ, which shows instants in the zone of the job";
            case "JSON", "JSONB", "VARIANT" -> "declare the fields as a ROW, or the column as VARCHAR";
            default -> "types are " + String.join(", ", NAMES);
        };
        problems.add(ErrorCode.UNKNOWN_TYPE, name.at(), "no type " + name.name().toUpperCase(Locale.ROOT), help);
        return Type.BIGINT;
    }
}
