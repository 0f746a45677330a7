package io.leat.runtime.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Statements on a table, every name in quotes as its database wants them. */
final class TableText {
    private final String quote;
    private final String table;

    private TableText(String quote, String table) {
        this.quote = quote;
        this.table = Arrays.stream(table.split("\\.", -1)).map(this::quoted).collect(Collectors.joining("."));
    }

    /**
     * @param table such as {@code users} or {@code public.users}
     */
    static TableText of(Connection connection, String table) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString();
        return new TableText(quote == null ? "" : quote.strip(), table);
    }

    String table() {
        return table;
    }

    String quoted(String name) {
        return quote.isEmpty() ? name : quote + name.replace(quote, quote + quote) + quote;
    }

    private List<String> quoted(List<String> names) {
        return names.stream().map(this::quoted).toList();
    }

    static String parameters(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    /** The beginning of a query for some columns. */
    String select(List<String> columns) {
        String list = columns.isEmpty() ? "1" : String.join(", ", quoted(columns));
        return "SELECT " + list + " FROM " + table;
    }

    /** Rows with one of so many keys. */
    String whereKeys(List<String> keys, int count) {
        if (keys.size() == 1) {
            return " WHERE " + quoted(keys.get(0)) + " IN (" + parameters(count) + ")";
        }
        String one = "(" + allEqual(keys) + ")";
        return " WHERE " + one + (" OR " + one).repeat(count - 1);
    }

    private String allEqual(List<String> keys) {
        return keys.stream().map(name -> quoted(name) + " = ?").collect(Collectors.joining(" AND "));
    }

    String insert(List<String> columns) {
        return "INSERT INTO " + table + " (" + String.join(", ", quoted(columns)) + ") VALUES ("
                + parameters(columns.size()) + ")";
    }

    String upsert(Dialect dialect, List<String> columns, List<String> keys) {
        return dialect.upsert(table, insert(columns), quoted(columns), quoted(keys));
    }

    String delete(List<String> keys) {
        return "DELETE FROM " + table + " WHERE " + allEqual(keys);
    }
}
