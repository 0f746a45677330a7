package io.leat.runtime.connector.jdbc;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.platform.Platform;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A connection to a database, made anew when it breaks. Belongs to one thread. Says nothing that could be a secret. */
final class Database implements AutoCloseable {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final int SHORTEST_SECRET = 3;

    private final String table;
    private final JdbcOptions options;
    private final Platform platform;
    private Connection connection;

    /** What is done with a connection. */
    interface Request<T> {
        T answer(Connection connection) throws SQLException;
    }

    /**
     * @param table its name in the query
     */
    Database(String table, JdbcOptions options, Platform platform) {
        this.table = table;
        this.options = options;
        this.platform = platform;
        loadDriver();
    }

    private void loadDriver() {
        if (options.driver().isEmpty()) {
            return;
        }
        String name = options.driver().get();
        try {
            Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new ConnectorException(
                    Kind.CONFIGURATION, "table " + table + ": no driver '" + name + "' on the class path");
        }
    }

    /**
     * Asks, and asks again over a new connection if that fails.
     *
     * @throws ConnectorException if every try fails
     */
    <T> T ask(Request<T> request) {
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 0; ; attempt++) {
            try {
                return request.answer(connection());
            } catch (SQLException e) {
                disconnect();
                boolean isFinal = e instanceof SQLNonTransientException || isOfQuery(e);
                if (isFinal || attempt == options.retries()) {
                    throw failure(e, attempt + 1);
                }
            }
            // It may be shorter, which costs no more than a try.
            platform.threads().park(TimeUnit.MILLISECONDS.toNanos(pause));
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    /** Whether it will fail again: the database has no such table or column, or refuses it. */
    private static boolean isOfQuery(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("42");
    }

    private ConnectorException failure(SQLException e, int attempts) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String said = hide(message.lines().findFirst().orElse("").strip());
        return new ConnectorException(
                connection == null ? Kind.UNREACHABLE : Kind.IO,
                "table " + table + ": the database does not answer"
                        + (attempts == 1 ? "" : ", tried " + attempts + " times") + ": " + said);
    }

    /** A message without what only those should know who wrote the options. */
    private String hide(String message) {
        String hidden = message.replace(options.url(), "(url)");
        return options.password()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .map(secret -> hidden.replace(secret, "(password)"))
                .orElse(hidden);
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            Properties login = new Properties();
            options.username().ifPresent(name -> login.setProperty("user", name));
            options.password().ifPresent(secret -> login.setProperty("password", secret));
            connection = DriverManager.getConnection(options.url(), login);
        }
        return connection;
    }

    /** How long a request may take. */
    int timeoutSeconds() {
        return (int) Math.min(Integer.MAX_VALUE, options.timeout().toSeconds());
    }

    // ---- the text of a query
    // -----------------------------------------------------------------------------------------

    /** The beginning of a query for some columns, every name in quotes as this database wants them. */
    String select(Connection on, List<String> columns) throws SQLException {
        String quote = on.getMetaData().getIdentifierQuoteString().strip();
        String list = columns.isEmpty()
                ? "1"
                : columns.stream().map(name -> quoted(name, quote)).collect(Collectors.joining(", "));
        String from = Arrays.stream(options.table().split("\\.", -1))
                .map(name -> quoted(name, quote))
                .collect(Collectors.joining("."));
        return "SELECT " + list + " FROM " + from;
    }

    /** Rows with one of so many keys. */
    String whereKeys(Connection on, List<String> keys, int count) throws SQLException {
        String quote = on.getMetaData().getIdentifierQuoteString().strip();
        if (keys.size() == 1) {
            return " WHERE " + quoted(keys.get(0), quote) + " IN (" + "?, ".repeat(count - 1) + "?)";
        }
        String one =
                keys.stream().map(name -> quoted(name, quote) + " = ?").collect(Collectors.joining(" AND ", "(", ")"));
        return " WHERE " + one + (" OR " + one).repeat(count - 1);
    }

    private static String quoted(String name, String quote) {
        return quote.isEmpty() ? name : quote + name.replace(quote, quote + quote) + quote;
    }

    private void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It is of no use any more, whatever it says.
            }
            connection = null;
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
