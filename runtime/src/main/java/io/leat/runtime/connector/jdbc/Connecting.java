package io.leat.runtime.connector.jdbc;

import io.leat.runtime.platform.Platform;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * An attempt to connect, on a thread of its own: drivers wait as long as the network lets them, or have settings that are called in other
 * ways everywhere. A connection that comes too late is closed at once.
 */
final class Connecting {
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String url;
    private final Properties login;
    private Connection connection;
    private SQLException failure;
    private RuntimeException mistake;
    private boolean done;
    private boolean abandoned;

    private Connecting(String url, Properties login) {
        this.url = url;
        this.login = login;
    }

    static Connection connect(Platform platform, String url, Properties login, Duration timeout) throws SQLException {
        Connecting attempt = new Connecting(url, login);
        Thread waiting = platform.threads().current();
        platform.threads().start("leat-connect", 0, () -> {
            attempt.connect();
            platform.threads().wake(waiting);
        });
        long start = platform.clock().nanos();
        while (!attempt.isDone()) {
            if (platform.clock().nanos() - start >= timeout.toNanos()) {
                return attempt.abandon(timeout);
            }
            platform.threads().park(LONGEST_PAUSE_NANOS);
        }
        return attempt.result();
    }

    private void connect() {
        Connection made = null;
        SQLException failed = null;
        RuntimeException wrong = null;
        try {
            made = DriverManager.getConnection(url, login);
        } catch (SQLException e) {
            failed = e;
        } catch (RuntimeException e) {
            wrong = e;
        }
        end(made, failed, wrong);
    }

    private synchronized void end(Connection made, SQLException failed, RuntimeException wrong) {
        done = true;
        connection = made;
        failure = failed;
        mistake = wrong;
        if (abandoned && made != null) {
            try {
                made.close();
            } catch (SQLException e) {
                // Nobody uses it.
            }
        }
    }

    private synchronized boolean isDone() {
        return done;
    }

    /** It may have come just now. */
    private synchronized Connection abandon(Duration timeout) throws SQLException {
        if (done) {
            return result();
        }
        abandoned = true;
        throw new SQLTimeoutException("no connection within " + timeout.toSeconds() + " s");
    }

    private synchronized Connection result() throws SQLException {
        if (failure != null) {
            throw failure;
        }
        if (mistake != null) {
            throw mistake;
        }
        return connection;
    }
}
