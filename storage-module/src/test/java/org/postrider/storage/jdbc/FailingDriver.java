package org.postrider.storage.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Stands in front of the databases' drivers, and has one of the store's statements fail. A commit
/// counts as a statement.
final class FailingDriver implements Driver, AutoCloseable {

    /// Whose statement fails, and how.
    enum Mode {
        /// The lane's, so that it can be tried again.
        ONCE,
        /// The lane's, and the next one too: when a group and then its first command are tried.
        TWICE,
        /// One of those who read beside the lane, or write chunks there.
        BESIDE
    }

    private static final String SAID = "this statement fails";

    private final List<Driver> real;

    private Mode mode = Mode.ONCE;
    private int failing;
    private int met;
    private boolean failed;
    private boolean inDoubt;
    private @Nullable String poison;

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

    /// From now on the n-th statement fails.
    synchronized void fail(int n, Mode how) {
        failing = n;
        mode = how;
        met = 0;
        failed = false;
        inDoubt = false;
    }

    /// From now on every transaction of a lane that has a statement with this text in it fails when
    /// it commits.
    synchronized void poison(String text) {
        poison = text;
    }

    /// No statement fails any more.
    ///
    /// @return whether one has
    synchronized boolean stop() {
        failing = 0;
        poison = null;
        return failed;
    }

    /// Whether what failed was a commit, or what forces it to the disk.
    synchronized boolean wasInDoubt() {
        return inDoubt;
    }

    /// A connection of the store, and what was done in its transaction.
    private static final class Watched {
        private final Connection connection;
        private boolean poisoned;

        Watched(Connection connection) {
            this.connection = connection;
        }
    }

    private synchronized void meet(Watched on, String sql) throws SQLException {
        var thread = Thread.currentThread().getName();
        boolean lane = thread.startsWith("lane-");
        boolean beside = thread.startsWith("reader-") || thread.startsWith("chunk-writer-");
        poison(on, sql);
        if (failing == 0 || !(mode == Mode.BESIDE ? beside : lane)) {
            return;
        }
        met++;
        if (met != failing && !(mode == Mode.TWICE && met == failing + 1)) {
            return;
        }
        failed = true;
        inDoubt |= sql.equals("commit") || sql.equals("checkpoint sync");
        throw new SQLException(SAID, "XX000");
    }

    private void poison(Watched on, String sql) throws SQLException {
        boolean commits = sql.equals("commit");
        if (commits && on.poisoned) {
            on.poisoned = false;
            throw new SQLException(SAID, "XX000");
        }
        on.poisoned = !commits && (on.poisoned || (poison != null && sql.contains(poison)));
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        for (var driver : real) {
            var connection = driver.acceptsURL(url) ? driver.connect(url, info) : null;
            if (connection != null) {
                return watched(new Watched(connection));
            }
        }
        return null;
    }

    private Connection watched(Watched on) {
        return JdbcProxy.of(
                Connection.class,
                (method, arguments) -> {
                    var name = method.getName();
                    if (name.equals("commit")) {
                        meet(on, name);
                    } else if (name.equals("rollback")) {
                        on.poisoned = false;
                    }
                    var result = JdbcProxy.call(on.connection, method, arguments);
                    return name.equals("prepareStatement")
                            ? watched(
                                    on,
                                    (String) arguments[0],
                                    (PreparedStatement) Objects.requireNonNull(result))
                            : result;
                });
    }

    private PreparedStatement watched(Watched on, String sql, PreparedStatement statement) {
        return JdbcProxy.of(
                PreparedStatement.class,
                (method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        meet(on, sql);
                    }
                    return JdbcProxy.call(statement, method, arguments);
                });
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
