package io.leat.runtime.type;

import java.util.Objects;

/** A named column of a table, or a field of a row. */
public record Field(String name, Type type, boolean nullable) {
    public Field {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    public static Field nullable(String name, Type type) {
        return new Field(name, type, true);
    }

    public static Field required(String name, Type type) {
        return new Field(name, type, false);
    }

    /** The field as a column definition, e.g. {@code price DECIMAL(10, 2) NOT NULL}. */
    public String sql() {
        return name + " " + type.sql() + (nullable ? "" : " NOT NULL");
    }
}
