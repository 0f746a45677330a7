package io.leat.compiler.decode;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A column of a table of JSON objects.
 *
 * @param size precision or greatest length
 * @param fields of a row
 */
record JsonColumn(String name, Kind kind, int size, int scale, boolean required, List<JsonColumn> fields) {
    enum Kind {
        BOOLEAN,
        TINYINT,
        SMALLINT,
        INT,
        BIGINT,
        REAL,
        DOUBLE,
        DECIMAL,
        STRING,
        VARCHAR,
        VARBINARY,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMP_LTZ,
        ROW
    }

    static JsonColumn of(String name, Kind kind) {
        return new JsonColumn(name, kind, 6, 0, false, List.of());
    }

    static JsonColumn of(String name, Kind kind, int size, int scale) {
        return new JsonColumn(name, kind, size, scale, false, List.of());
    }

    static JsonColumn row(String name, JsonColumn... fields) {
        return new JsonColumn(name, Kind.ROW, 0, 0, false, List.of(fields));
    }

    JsonColumn asRequired() {
        return new JsonColumn(name, kind, size, scale, true, fields);
    }

    static String declaration(List<JsonColumn> columns) {
        return columns.stream().map(JsonColumn::declaration).collect(Collectors.joining(", "));
    }

    private String declaration() {
        String type = switch (kind) {
            case DECIMAL -> "DECIMAL(" + size + ", " + scale + ")";
            case VARCHAR -> "VARCHAR(" + size + ")";
            case TIME -> "TIME(6)";
            case TIMESTAMP -> "TIMESTAMP(6)";
            case TIMESTAMP_LTZ -> "TIMESTAMP_LTZ(3)";
            case ROW -> "ROW<" + declaration(fields) + ">";
            default -> kind.name();
        };
        return '"' + name.replace("\"", "\"\"") + "\" " + type + (required ? " NOT NULL" : "");
    }
}
