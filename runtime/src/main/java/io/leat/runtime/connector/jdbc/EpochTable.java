package io.leat.runtime.connector.jdbc;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.StagedSink;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * The table in a database that remembers which epoch of a job was written last to a table beside it: one row for each sink of a job. It is
 * changed in the transaction that writes the rows of the epoch, so that both are there or neither.
 */
final class EpochTable {
    private static final List<String> KEY = List.of("job", "sink");
    private static final List<String> COLUMNS = List.of("job", "sink", "target", "epoch", "hash");

    private final String name;
    private final SinkTable table;
    private final String sink;

    /** What was written last. */
    record Written(long epoch, String hash) {}

    EpochTable(JdbcOptions options, SinkTable table, String sink) {
        this.name = options.epochs();
        this.table = table;
        this.sink = sink;
    }

    /** Makes the table if there is none. */
    void create(Connection connection) throws SQLException {
        if (exists(connection)) {
            return;
        }
        TableText text = TableText.of(connection, name);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + text.table() + " (" + text.quoted("job") + " VARCHAR(64) NOT NULL, "
                    + text.quoted("sink") + " VARCHAR(255) NOT NULL, " + text.quoted("target")
                    + " VARCHAR(255) NOT NULL, "
                    + text.quoted("epoch") + " BIGINT NOT NULL, " + text.quoted("hash") + " VARCHAR(64) NOT NULL, "
                    + "PRIMARY KEY (" + text.quoted("job") + ", " + text.quoted("sink") + "))");
        } catch (SQLException e) {
            if (!exists(connection)) { // somebody else may have made it just now
                throw new SQLException(
                        "'" + name
                                + "', which remembers what was written, cannot be made, so make it with (job VARCHAR(64),"
                                + " sink VARCHAR(255), target VARCHAR(255), epoch BIGINT, hash VARCHAR(64), PRIMARY KEY"
                                + " (job, sink)): " + e.getMessage(),
                        e.getSQLState(),
                        e);
            }
        }
    }

    private boolean exists(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement
                    .executeQuery(TableText.of(connection, name).select(COLUMNS) + " WHERE 1 = 0")
                    .close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Makes the row of this sink, which others then wait for; in a transaction of its own, since another start may make it, too. */
    void begin(Connection connection, String job) throws SQLException {
        if (read(connection, job).isPresent()) {
            return;
        }
        TableText text = TableText.of(connection, name);
        try (PreparedStatement statement = connection.prepareStatement(text.insert(COLUMNS))) {
            statement.setString(1, job);
            statement.setString(2, sink);
            statement.setString(3, table.target());
            statement.setLong(4, 0);
            statement.setString(5, "");
            statement.executeUpdate();
        } catch (SQLException e) {
            if (read(connection, job).isEmpty()) {
                throw e;
            }
        }
    }

    /** Takes the row of this sink for the rest of the transaction. */
    void lock(Connection connection, String job) throws SQLException {
        TableText text = TableText.of(connection, name);
        String epoch = text.quoted("epoch");
        update(connection, "UPDATE " + text.table() + " SET " + epoch + " = " + epoch + whereOwn(text), job);
    }

    /** What was written last; the epoch 0 before anything was. */
    Optional<Written> read(Connection connection, String job) throws SQLException {
        TableText text = TableText.of(connection, name);
        String query = text.select(List.of("epoch", "hash")) + whereOwn(text);
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, job);
            statement.setString(2, sink);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(new Written(found.getLong(1), found.getString(2))) : Optional.empty();
            }
        }
    }

    void write(Connection connection, String job, Written written) throws SQLException {
        TableText text = TableText.of(connection, name);
        update(
                connection,
                "UPDATE " + text.table() + " SET " + text.quoted("epoch") + " = " + written.epoch() + ", "
                        + text.quoted("hash") + " = '" + written.hash() + "'" + whereOwn(text),
                job);
    }

    private static String whereOwn(TableText text) {
        return " WHERE " + text.quoted(KEY.get(0)) + " = ? AND " + text.quoted(KEY.get(1)) + " = ?";
    }

    private void update(Connection connection, String text, String job) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setString(1, job);
            statement.setString(2, sink);
            if (statement.executeUpdate() == 0) {
                throw new SQLException("the row of sink " + sink + " is gone from " + name);
            }
        }
    }

    /**
     * A job without a past does not begin behind rows of another one that kept its state: that would be the same job, whose state is lost.
     * What is there of this job must be decided.
     */
    void refuseOthers(Connection connection, StagedSink.Run run) throws SQLException {
        long last = read(connection, run.job()).map(Written::epoch).orElse(0L);
        if (last > run.decided()) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "table " + table.name() + ": by '" + name + "' the database has epoch " + last + ", and "
                            + run.decided() + " is the last one that the state directory knows: it is an older copy."
                            + " Put back the latest one, or start anew with another state directory and an empty table");
        }
        if (run.decided() > 0) {
            return;
        }
        TableText text = TableText.of(connection, name);
        String query = text.select(List.of("job")) + " WHERE " + text.quoted("target") + " = ? AND "
                + text.quoted("epoch") + " > 0";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, table.target());
            try (ResultSet found = statement.executeQuery()) {
                if (found.next()) {
                    String job = found.getString(1);
                    throw new ConnectorException(
                            Kind.CONFIGURATION,
                            "table " + table.name() + ": '" + table.target() + "' holds rows of another run, job " + job
                                    + ", and this one begins without state: go on with the state directory of that run; or"
                                    + " remove its rows, and those of job " + job + " from '" + name + "'");
                }
            }
        }
    }
}
