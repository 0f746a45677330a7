package io.leat.runtime.connector.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;

/** A driver in front of another one, {@code jdbc:failing:} before its URL, whose connections break at a commit, before it or behind it. */
final class FailingDriver implements Driver {
    private static final String PREFIX = "jdbc:failing:";

    /** How many of the next commits are not done. */
    final AtomicInteger lostRequests = new AtomicInteger();
    /** How many of the next commits are done, and nobody is told. */
    final AtomicInteger lostAnswers = new AtomicInteger();
    /** What connecting waits for; null for nothing. */
    volatile CountDownLatch silence;

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public Connection connect(String url, Properties login) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        if (silence != null) {
            try {
                silence.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Connection connection = DriverManager.getConnection("jdbc:" + url.substring(PREFIX.length()));
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (self, called, arguments) -> {
                    boolean commits = called.getName().equals("commit");
                    if (commits && taken(lostRequests)) {
                        throw new SQLException("the connection broke");
                    }
                    try {
                        Object result = called.invoke(connection, arguments);
                        if (commits && taken(lostAnswers)) {
                            throw new SQLException("the connection broke");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean taken(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
