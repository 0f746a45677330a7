package io.leat.runtime.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How a database writes a row in place of the one with the same key; SQL itself has no such statement that all of them know. */
enum Dialect {
    POSTGRESQL("PostgreSQL"),
    DUCKDB("DuckDB"),
    SQLITE("SQLite"),
    MYSQL("MySQL"),
    MARIADB("MariaDB"),
    H2("H2");

    /** As its driver calls it. */
    private final String product;

    Dialect(String product) {
        this.product = product;
    }

    /** That of a database; empty if it is none of these. */
    static Optional<Dialect> of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return Arrays.stream(values())
                .filter(each -> each.product.equalsIgnoreCase(product))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(each -> each.product).collect(Collectors.joining(", "));
    }

    /**
     * The statement that has the server end a session which stands still inside a transaction for so long, and with it what it has locked;
     * empty if the database has none.
     */
    Optional<String> endStopped(Duration after) {
        return this == POSTGRESQL
                ? Optional.of("SET idle_in_transaction_session_timeout = " + after.toMillis())
                : Optional.empty();
    }

    /** Whether the statement names the columns that tell rows apart, so that the database itself looks for them. */
    boolean namesKey() {
        return this != MYSQL && this != MARIADB;
    }

    /**
     * The statement, with a parameter for each column.
     *
     * @param table in quotes, as are the columns
     * @param insert the statement that adds a row
     */
    String upsert(String table, String insert, List<String> columns, List<String> keys) {
        List<String> others =
                columns.stream().filter(Predicate.not(keys::contains)).toList();
        return switch (this) {
            case POSTGRESQL, DUCKDB, SQLITE ->
                insert + " ON CONFLICT (" + String.join(", ", keys) + ") DO "
                        + (others.isEmpty() ? "NOTHING" : "UPDATE SET " + assigned(others, "EXCLUDED.%s"));
            case MYSQL, MARIADB ->
                insert + " ON DUPLICATE KEY UPDATE "
                        + assigned(others.isEmpty() ? keys.subList(0, 1) : others, "VALUES(%s)");
            case H2 ->
                "MERGE INTO " + table + " (" + String.join(", ", columns) + ") KEY (" + String.join(", ", keys)
                        + ") VALUES (" + TableText.parameters(columns.size()) + ")";
        };
    }

    private static String assigned(List<String> columns, String value) {
        return columns.stream()
                .map(name -> name + " = " + value.formatted(name))
                .collect(Collectors.joining(", "));
    }
}
