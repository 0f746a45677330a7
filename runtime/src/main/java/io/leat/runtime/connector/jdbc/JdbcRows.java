package io.leat.runtime.connector.jdbc;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The columns of a table as a query asks for them, in the order of a schema. */
final class JdbcRows {
    private final List<String> names;
    private final List<JdbcColumn> columns;

    /**
     * @param table its name in the query
     */
    JdbcRows(String table, Schema schema) {
        this.names = schema.fields().stream().map(Field::name).toList();
        this.columns = schema.fields().stream()
                .map(field -> new JdbcColumn(table, field))
                .toList();
    }

    List<String> names() {
        return names;
    }

    JdbcColumn column(int position) {
        return columns.get(position);
    }

    /** Adds rows to a batch until it is full; false if there are no more. */
    boolean read(ResultSet from, Batch into) throws SQLException {
        while (!into.isFull()) {
            if (!from.next()) {
                return false;
            }
            int row = into.rows();
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).read(from, i + 1, into.column(i), row);
            }
            into.rows(row + 1);
        }
        return true;
    }
}
