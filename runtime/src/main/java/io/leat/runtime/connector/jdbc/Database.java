package io.leat.runtime.connector.jdbc;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.platform.Platform;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A connection to a database, made anew when it breaks. Belongs to one thread. Says nothing that could be a secret. */
final class Database implements AutoCloseable {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final int SHORTEST_SECRET = 3;
    /** Classes of SQLSTATE: not supported, no such value, broken rule, no such login, no such thing. */
    private static final Set<String> REFUSALS = Set.of("0A", "22", "23", "28", "42");

    private final String table;
    private final JdbcOptions options;
    private final boolean writes;
    private final Platform platform;
    private Connection connection;

    /** What is done with a connection. */
    interface Request<T> {
        T answer(Connection connection) throws SQLException;
    }

    /** What is looked for with a connection. */
    interface Check {
        void with(Connection connection) throws SQLException;
    }

    private Database(String table, JdbcOptions options, boolean writes, Platform platform) {
        this.table = table;
        this.options = options;
        this.writes = writes;
        this.platform = platform;
    }

    /**
     * For a table that is read.
     *
     * @param table its name in the query
     */
    static Database reading(String table, JdbcOptions options, Platform platform) {
        return new Database(table, options, false, platform);
    }

    /**
     * For a table that is written.
     *
     * @param table its name in the query
     */
    static Database writing(String table, JdbcOptions options, Platform platform) {
        return new Database(table, options, true, platform);
    }

    private void loadDriver() {
        if (options.driver().isEmpty()) {
            return;
        }
        String name = options.driver().get();
        try {
            // Only a driver may do something when it is loaded.
            ClassLoader loader = Database.class.getClassLoader();
            if (!Driver.class.isAssignableFrom(Class.forName(name, false, loader))) {
                throw new ConnectorException(
                        Kind.CONFIGURATION, "table " + table + ": '" + name + "' is no driver of a database");
            }
            Class.forName(name, true, loader);
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
        int retries = writes ? options.sinkRetries() : options.lookupRetries();
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 0; ; attempt++) {
            try {
                return request.answer(connection());
            } catch (SQLException e) {
                boolean connected = connection != null;
                disconnect();
                boolean isFinal = e instanceof SQLNonTransientException || isRefusal(e);
                if (isFinal || attempt == retries) {
                    throw failure(e, attempt + 1, connected, isFinal);
                }
            } catch (RuntimeException e) {
                disconnect(); // whatever was begun there
                throw e;
            }
            // It may be shorter, which costs no more than a try.
            platform.threads().park(TimeUnit.MILLISECONDS.toNanos(pause));
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    /** Asks for nothing but whether it can be done. */
    void run(Check check) {
        ask(connection -> {
            check.with(connection);
            return null;
        });
    }

    /**
     * Asks in one transaction, which is committed behind the request. A request that is tried again may find that it was committed the
     * last time, and only the answer was lost.
     *
     * @throws ConnectorException if every try fails
     */
    <T> T transact(Request<T> request) {
        return ask(connection -> {
            connection.setAutoCommit(false);
            T answer = request.answer(connection);
            connection.commit();
            connection.setAutoCommit(true);
            return answer;
        });
    }

    /** Whether it will fail again: there is no such table or column, a row breaks a rule, the login is wrong. */
    private static boolean isRefusal(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.length() > 2 && REFUSALS.contains(state.substring(0, 2));
    }

    private ConnectorException failure(SQLException e, int attempts, boolean connected, boolean refused) {
        SQLException told = e.getNextException() == null ? e : e.getNextException();
        String message = told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
        String said = hide(message.lines().findFirst().orElse("").strip());
        return new ConnectorException(
                connected ? Kind.IO : Kind.UNREACHABLE,
                "table " + table + ": the database " + (connected && refused ? "refuses this" : "does not answer")
                        + (attempts == 1 ? "" : ", tried " + attempts + " times") + ": " + said);
    }

    /** A message without what only those should know who wrote the options. */
    private String hide(String message) {
        String hidden = options.url().hideIn(message);
        return options.password()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .map(secret -> hidden.replace(secret, "(password)"))
                .orElse(hidden);
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            loadDriver();
            Properties login = new Properties();
            options.username().ifPresent(name -> login.setProperty("user", name));
            options.password().ifPresent(secret -> login.setProperty("password", secret));
            connection = Connecting.connect(platform, options.url().text(), login, options.timeout());
            limit(connection);
            if (writes) {
                leaveNothingLocked(connection);
            }
        }
        return connection;
    }

    /** Where a driver can do that, an answer that never comes is given up a little later than the request is cancelled. */
    private void limit(Connection connected) {
        try {
            connected.setNetworkTimeout(Runnable::run, (int)
                    Math.min(Integer.MAX_VALUE, 2 * options.timeout().toMillis()));
        } catch (SQLException | UnsupportedOperationException | AbstractMethodError e) {
            // It has no network, or leaves that to the timeout of requests.
        }
    }

    /**
     * A process that is stopped in the middle of a transaction, or cut off, must not hold what it has locked until somebody ends it: the one
     * that has taken over writes the same row. Whoever wakes up finds the session gone, and looks anew what is written.
     */
    private void leaveNothingLocked(Connection connected) throws SQLException {
        Optional<String> end = Dialect.of(connected).flatMap(dialect -> dialect.endStopped(options.timeout()));
        if (end.isPresent()) {
            try (Statement statement = connected.createStatement()) {
                statement.execute(end.get());
            }
        }
    }

    /** How long a request may take. */
    int timeoutSeconds() {
        return (int) Math.min(Integer.MAX_VALUE, options.timeout().toSeconds());
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
