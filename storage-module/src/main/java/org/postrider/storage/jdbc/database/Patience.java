package org.postrider.storage.jdbc.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Tries something that needs the database again and again, for ten seconds: a server that was
/// killed is back by then, and the connections of a process that was killed are gone.
public final class Patience {

    private static final int ATTEMPTS = 200;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Patience() {}

    /// Something that may work another time.
    @FunctionalInterface
    public interface Attempt<T> {
        T make() throws SQLException;
    }

    /// @param hopeless whether to stop after this failure
    /// @throws SQLException the last failure
    public static <T> T with(Attempt<T> attempt, Predicate<SQLException> hopeless)
            throws SQLException {
        for (int made = 1; ; made++) {
            try {
                return attempt.make();
            } catch (SQLException e) {
                if (made == ATTEMPTS || refused(e) || hopeless.test(e)) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /// The server is there and says no: a wrong password, no such database.
    private static boolean refused(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("28") || state.startsWith("3D"));
    }
}
