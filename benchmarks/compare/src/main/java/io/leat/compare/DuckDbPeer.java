package io.leat.compare;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** DuckDB, one thread: a query over the whole file, which is no stream to it. It declares what the query needs. */
final class DuckDbPeer implements Peer {
    private static final String TABLES = """
            CREATE OR REPLACE VIEW events AS FROM read_json('${data}/yahoo.json', format = 'newline_delimited',
              columns = {ad_id: 'VARCHAR', event_type: 'VARCHAR', event_time: 'BIGINT'});
            CREATE OR REPLACE VIEW ads AS FROM read_csv('${data}/ads.csv', header = true);
            CREATE OR REPLACE VIEW auctions AS FROM read_json('${data}/auctions.json', format = 'newline_delimited', columns = {
              event_type: 'INT',
              person: 'STRUCT(id BIGINT, name VARCHAR, city VARCHAR, state VARCHAR, dateTime BIGINT)',
              auction: 'STRUCT(id BIGINT, seller BIGINT, category BIGINT, dateTime BIGINT)',
              bid: 'STRUCT(auction BIGINT, bidder BIGINT, price BIGINT, dateTime BIGINT, extra VARCHAR)'});
            """;

    private final Connection connection;

    DuckDbPeer() {
        try {
            Properties settings = new Properties();
            settings.setProperty("threads", "1");
            connection = DriverManager.getConnection("jdbc:duckdb:", settings);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not start", e);
        }
    }

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public boolean takes(Workload workload) {
        return workload.duckDb().isPresent();
    }

    @Override
    public Run prepare(Workload workload, Path data) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLES.replace("${data}", data.toString()));
        }
        String query = workload.duckDb().orElseThrow();
        return () -> {
            List<String> rows = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(query)) {
                int columns = found.getMetaData().getColumnCount();
                while (found.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int column = 1; column <= columns; column++) {
                        row.append(column == 1 ? "" : ",").append(found.getString(column));
                    }
                    rows.add(row.toString());
                }
            }
            return rows;
        };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
