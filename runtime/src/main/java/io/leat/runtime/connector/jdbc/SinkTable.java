package io.leat.runtime.connector.jdbc;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table of a database that is written to.
 *
 * @param name in the query
 * @param target in the database
 * @param columns of the table, without the kind of a change
 * @param key positions of columns by which rows replace each other; empty if they only come
 * @param marked whether rows come with the kind of their change in front
 */
record SinkTable(String name, String target, Schema columns, List<Integer> key, boolean marked) {

    static SinkTable of(SinkContext context, JdbcOptions options) {
        int first = context.marked() ? 1 : 0;
        List<Field> fields = context.schema().fields();
        return new SinkTable(
                context.table(),
                options.table(),
                new Schema(fields.subList(first, fields.size())),
                context.key().stream().map(column -> column - first).toList(),
                context.marked());
    }

    List<String> names() {
        return columns.fields().stream().map(Field::name).toList();
    }

    List<String> keyNames() {
        return key.stream().map(column -> columns.field(column).name()).toList();
    }

    /** How rows rest that come, without their kind. */
    RowBytes arriving() {
        return marked ? RowBytes.ofColumns(withKind(), 1, columns.size()) : resting();
    }

    /** How the same rows come out again, in batches of {@link #columns}. */
    RowBytes resting() {
        return RowBytes.ofColumns(columns, 0, columns.size());
    }

    private Schema withKind() {
        List<Field> all = new ArrayList<>(columns.fields());
        all.add(0, Field.required("op", Type.VARCHAR));
        return new Schema(all);
    }

    /** Whether a row that comes is one that goes. */
    boolean goes(Batch rows, int row) {
        return marked && rows.column(0).getText(row).startsWith("-");
    }

    // ---- as it is in the database
    // ------------------------------------------------------------------------------------

    /**
     * Looks whether rows can be written there, before any does.
     *
     * @throws ConnectorException if not
     * @throws SQLException if the database has no such table or columns
     */
    void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement
                    .executeQuery(TableText.of(connection, target).select(names()) + " WHERE 1 = 0")
                    .close();
        }
        if (key.isEmpty()) {
            return;
        }
        Dialect dialect = dialect(connection);
        // The others refuse the statement themselves.
        if (!dialect.namesKey() && !isUnique(connection)) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "table " + name + ": rows replace each other by (" + String.join(", ", keyNames()) + "), and '"
                            + target + "' has no unique index of these columns: create one");
        }
    }

    Dialect dialect(Connection connection) throws SQLException {
        Optional<Dialect> dialect = Dialect.of(connection);
        if (dialect.isEmpty()) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "table " + name + ": how " + connection.getMetaData().getDatabaseProductName()
                            + " replaces rows by key is not known here, but for " + Dialect.names()
                            + ": write new rows only, to a table without PRIMARY KEY");
        }
        return dialect.get();
    }

    /** Whether the key has a unique index of its own. */
    boolean isUnique(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        int dot = target.lastIndexOf('.');
        String schema = dot < 0 ? null : target.substring(0, dot);
        // Some call catalog what others call schema.
        boolean catalogs = !metaData.supportsSchemasInTableDefinitions();
        String catalog = schema != null && catalogs ? schema : connection.getCatalog();
        Map<String, Set<String>> indexes = new HashMap<>();
        try (ResultSet found =
                metaData.getIndexInfo(catalog, catalogs ? null : schema, target.substring(dot + 1), true, false)) {
            while (found.next()) {
                if (found.getString("COLUMN_NAME") != null) {
                    indexes.computeIfAbsent(found.getString("INDEX_NAME"), index -> new HashSet<>())
                            .add(found.getString("COLUMN_NAME"));
                }
            }
        }
        return indexes.containsValue(Set.copyOf(keyNames()));
    }
}
