package io.leat.compiler.logictest;

import java.util.ArrayList;
import java.util.List;

/** A table and its rows, of which each value is a {@code Long}, a {@code Double}, a {@code String} or null. */
final class TableRows {
    /** What a column is declared as, in the words of Leat. */
    enum Kind {
        INT,
        DOUBLE,
        STRING
    }

    record TableColumn(String name, Kind kind) {}

    private final List<TableColumn> columns;
    private final List<List<Object>> rows = new ArrayList<>();

    TableRows(List<TableColumn> columns) {
        this.columns = List.copyOf(columns);
    }

    List<TableColumn> columns() {
        return columns;
    }

    List<List<Object>> rows() {
        return rows;
    }

    /** Where a column stands. */
    int place(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column " + name);
    }

    /** Adds a row, with values as the columns have them. */
    void add(List<Object> values) {
        List<Object> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            row.add(converted(values.get(i), columns.get(i).kind()));
        }
        rows.add(row);
    }

    void replaceAll(List<List<Object>> others) {
        rows.clear();
        others.forEach(this::add);
    }

    private static Object converted(Object value, Kind kind) {
        if (value == null) {
            return null;
        }
        return switch (kind) {
            case INT -> value instanceof Number number ? number.longValue() : Long.parseLong(value.toString());
            case DOUBLE -> value instanceof Number number ? number.doubleValue() : Double.parseDouble(value.toString());
            case STRING -> value.toString();
        };
    }
}
