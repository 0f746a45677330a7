package io.leat.cli;

import io.leat.runtime.connector.jdbc.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A database that jobs write while they are killed: a server that stays, or, where there is none, one in their process that goes with them.
 * In the schemas {@code whole} and {@code out} it has the tables {@code counted}, of windows, and {@code latest}, by symbol.
 */
final class OutDatabase implements AutoCloseable {
    private final Optional<PostgresServer> server;
    private final String url;

    private OutDatabase(Optional<PostgresServer> server, String url) {
        this.server = server;
        this.url = url;
    }

    static OutDatabase start(Path directory) throws IOException, InterruptedException, SQLException {
        Optional<PostgresServer> server = PostgresServer.start();
        String url = server.map(PostgresServer::url).orElse("jdbc:duckdb:" + directory.resolve("out.db"));
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String schema : List.of("whole", "out")) {
                statement.execute("CREATE SCHEMA \"" + schema + "\"");
                statement.execute("CREATE TABLE \"" + schema + "\".\"counted\" (\"window_start\" TIMESTAMP,"
                        + " \"symbol\" VARCHAR, \"n\" BIGINT, \"total\" BIGINT)");
                statement.execute("CREATE TABLE \"" + schema + "\".\"latest\" (\"symbol\" VARCHAR PRIMARY KEY,"
                        + " \"n\" BIGINT, \"total\" BIGINT)");
            }
        }
        return new OutDatabase(server, url);
    }

    String url() {
        return url;
    }

    /** The rows of a table, sorted. */
    List<String> rows(String schema, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM \"" + schema + "\".\"" + table + "\"")) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    row.append(found.getString(column)).append('|');
                }
                rows.add(row.toString());
            }
        }
        rows.sort(null);
        return rows;
    }

    @Override
    public void close() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }
}
