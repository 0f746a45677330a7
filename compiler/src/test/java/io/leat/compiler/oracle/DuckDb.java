package io.leat.compiler.oracle;

import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.compiler.corpus.Answer;
import io.leat.compiler.corpus.TableData;
import io.leat.runtime.type.Field;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What DuckDB answers to the question of a case. Everything is in memory, in UTC, and loads no extension that is not in its jar.
 *
 * <p>A table {@code t} of the case is a view of that name. Behind it {@code "t$log"} has two more columns: {@code "$partition"}, from
 * 0, and {@code "$offset"}, the rank of the record in its partition; so SQL can say which rows are late. Records that are no rows
 * are left out.
 */
public final class DuckDb implements AutoCloseable {
    private final Connection connection;

    private DuckDb(Connection connection) {
        this.connection = connection;
    }

    /** A database with the tables of a case. */
    public static DuckDb with(List<TableData> tables) throws SQLException {
        DuckDb database = new DuckDb(DriverManager.getConnection("jdbc:duckdb:"));
        try {
            database.execute("SET threads = 1");
            database.execute("SET memory_limit = '256MB'");
            database.execute("SET autoinstall_known_extensions = false");
            database.execute("SET TimeZone = 'UTC'");
            for (TableData table : tables) {
                database.load(table);
            }
            return database;
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void load(TableData data) throws SQLException {
        List<TableColumn> columns = data.table().physicalColumns();
        String log = DuckDbValues.name(data.table().name() + "$log");
        execute("CREATE TABLE " + log
                + columns.stream()
                        .map(column -> DuckDbValues.name(column.name()) + " " + DuckDbValues.type(column.type()) + ", ")
                        .collect(Collectors.joining("", " (", "\"$partition\" INTEGER, \"$offset\" INTEGER)")));
        execute("CREATE VIEW " + DuckDbValues.name(data.table().name()) + " AS SELECT "
                + columns.stream()
                        .map(column -> DuckDbValues.name(column.name()))
                        .collect(Collectors.joining(", "))
                + " FROM " + log);
        for (int partition = 0; partition < data.partitions().size(); partition++) {
            List<TableData.Row> rows = data.partitions().get(partition);
            for (int offset = 0; offset < rows.size(); offset++) {
                if (!rows.get(offset).isBroken()) {
                    insert(log, columns, rows.get(offset).values(), partition + ", " + offset);
                }
            }
        }
    }

    private void insert(String table, List<TableColumn> columns, List<Object> values, String place)
            throws SQLException {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            row.append(DuckDbValues.literal(values.get(i), columns.get(i).type()))
                    .append(", ");
        }
        execute("INSERT INTO " + table + " VALUES (" + row + place + ")");
    }

    /** Writes the rows of a partition to a Parquet file, in their order. */
    public void writeParquet(TableData data, int partition, Path file) throws SQLException {
        String columns = data.table().physicalColumns().stream()
                .map(column -> DuckDbValues.name(column.name()))
                .collect(Collectors.joining(", "));
        execute("COPY (SELECT " + columns + " FROM "
                + DuckDbValues.name(data.table().name() + "$log") + " WHERE \"$partition\" = " + partition
                + " ORDER BY \"$offset\") TO '" + file + "' (FORMAT parquet)");
    }

    /**
     * Runs statements one after another.
     *
     * @param script statements separated by {@code ;}
     * @param expected the columns of each query among them, in order
     */
    public List<Answer> run(String script, List<List<Field>> expected) throws SQLException {
        List<Answer> answers = new ArrayList<>();
        for (String statement : SqlScript.statements(script)) {
            if (!SqlScript.isQuery(statement)) {
                execute(statement);
            } else if (answers.size() == expected.size()) {
                throw new IllegalArgumentException("more queries than the case prints: " + statement);
            } else {
                answers.add(query(statement, expected.get(answers.size())));
            }
        }
        return answers;
    }

    private Answer query(String query, List<Field> fields) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> reads = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            names.add("c" + i);
            DuckDbValues.addReads("c" + i, fields.get(i).type(), reads);
        }
        // The line end closes a comment at the end of the query.
        String wrapped = "SELECT " + String.join(", ", reads) + " FROM (" + query + "\n) AS answer("
                + String.join(", ", names) + ")";
        List<List<Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(wrapped)) {
            while (result.next()) {
                List<Object> given = new ArrayList<>();
                for (int i = 1; i <= reads.size(); i++) {
                    given.add(result.getObject(i));
                }
                java.util.Iterator<Object> next = given.iterator();
                List<Object> row = new ArrayList<>();
                fields.forEach(field -> row.add(DuckDbValues.read(next, field.type())));
                rows.add(Collections.unmodifiableList(row));
            }
        }
        return new Answer(fields, rows);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
