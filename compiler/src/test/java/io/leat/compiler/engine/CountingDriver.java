package io.leat.compiler.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;

/** A driver in front of another one, {@code jdbc:counting:} before its URL: notes the parameters of each request, and fails when told to. */
final class CountingDriver implements Driver {
    private static final String PREFIX = "jdbc:counting:";

    /** How many parameters each prepared request had. */
    final List<Integer> requests = new CopyOnWriteArrayList<>();
    /** How many of the next requests fail. */
    final AtomicInteger failures = new AtomicInteger();
    /** What connections were asked with. */
    final List<Properties> logins = new CopyOnWriteArrayList<>();

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public Connection connect(String url, Properties login) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        logins.add((Properties) login.clone());
        Connection connection = DriverManager.getConnection("jdbc:" + url.substring(PREFIX.length()));
        return proxy(Connection.class, connection, "prepareStatement", each -> prepared((PreparedStatement) each));
    }

    private PreparedStatement prepared(PreparedStatement statement) throws SQLException {
        int parameters = statement.getParameterMetaData().getParameterCount();
        return proxy(PreparedStatement.class, statement, "executeQuery", each -> {
            requests.add(parameters);
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new SQLException("connection to (here) broke, password was tiger");
            }
            return each;
        });
    }

    private interface Change {
        Object apply(Object result) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T target, String method, Change change) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    try {
                        Object result = called.invoke(target, arguments);
                        return called.getName().equals(method) ? change.apply(result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
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
