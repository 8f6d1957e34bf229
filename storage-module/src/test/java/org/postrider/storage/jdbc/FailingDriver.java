package org.postrider.storage.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Stands in front of the databases' drivers, and has the lane's statements fail.
final class FailingDriver implements Driver, AutoCloseable {

    /// When the statement fails.
    enum Mode {
        /// The first time it is met; commits too.
        ONCE,
        /// In each transaction.
        ALWAYS
    }

    private final List<Driver> real;

    private Mode mode = Mode.ONCE;
    private int failing;
    private int met;
    private boolean failed;

    private FailingDriver(List<Driver> real) {
        this.real = real;
    }

    static FailingDriver install() throws SQLException {
        var driver =
                new FailingDriver(new ArrayList<>(Collections.list(DriverManager.getDrivers())));
        for (var each : driver.real) {
            DriverManager.deregisterDriver(each);
        }
        DriverManager.registerDriver(driver);
        return driver;
    }

    @Override
    public void close() throws SQLException {
        DriverManager.deregisterDriver(this);
        for (var each : real) {
            DriverManager.registerDriver(each);
        }
    }

    /// From now on the n-th statement of the lane fails.
    synchronized void fail(int n, Mode when) {
        failing = n;
        mode = when;
        met = 0;
        failed = false;
    }

    /// No statement fails any more.
    ///
    /// @return whether one has
    synchronized boolean stop() {
        failing = 0;
        return failed;
    }

    private synchronized void meet(String what) throws SQLException {
        boolean lane = Thread.currentThread().getName().startsWith("lane-");
        if (failing == 0 || !lane) {
            return;
        }
        if (what.equals("rollback") || (what.equals("commit") && mode == Mode.ALWAYS)) {
            met = mode == Mode.ALWAYS ? 0 : met;
            return;
        }
        met++;
        if (met == failing) {
            failed = true;
            throw new SQLException("this statement fails", "XX000");
        }
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        for (var driver : real) {
            var connection = driver.acceptsURL(url) ? driver.connect(url, info) : null;
            if (connection != null) {
                return watched(connection);
            }
        }
        return null;
    }

    private Connection watched(Connection connection) {
        return proxy(
                Connection.class,
                (method, arguments) -> {
                    var name = method.getName();
                    if (name.equals("commit") || name.equals("rollback")) {
                        meet(name);
                    }
                    var result = call(connection, method, arguments);
                    return name.equals("prepareStatement")
                            ? watched((PreparedStatement) java.util.Objects.requireNonNull(result))
                            : result;
                });
    }

    private PreparedStatement watched(PreparedStatement statement) {
        return proxy(
                PreparedStatement.class,
                (method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        meet("execute");
                    }
                    return call(statement, method, arguments);
                });
    }

    @FunctionalInterface
    private interface Call {
        @Nullable Object make(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader() == null
                                ? FailingDriver.class.getClassLoader()
                                : type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> call.make(method, arguments)));
    }

    private static @Nullable Object call(Object target, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        for (var driver : real) {
            if (driver.acceptsURL(url)) {
                return true;
            }
        }
        return false;
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
        return Logger.getLogger("failing");
    }
}
