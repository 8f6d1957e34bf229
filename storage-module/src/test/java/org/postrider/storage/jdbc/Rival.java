package org.postrider.storage.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.database.Answer;

/// Somebody else who works in the PostgreSQL database of a store, in a transaction of its own. It
/// never gives way: whoever gets into a deadlock with it is the victim.
final class Rival implements AutoCloseable {

    /// How long something may take that happens at once.
    private static final Duration MOST = Duration.ofMinutes(1);

    private static final String PATIENT = "set deadlock_timeout = '1h'";

    private final Connection connection;
    private final Connection looking;
    private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
    private final long process;

    private @Nullable Future<?> asked;

    Rival(StoreSettings settings) throws SQLException {
        this.connection = connect(settings);
        this.looking = connect(settings);
        execute(PATIENT);
        this.connection.setAutoCommit(false);
        this.process = number(connection, "select pg_backend_pid()");
    }

    private static Connection connect(StoreSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    /// Executes a statement that nothing stands in the way of.
    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Asks for what somebody else has; returns when it waits for it.
    void ask(String sql) throws SQLException {
        asked =
                thread.submit(() -> {
                    execute(sql);
                    return null;
                });
        await("select cardinality(pg_blocking_pids(%d))");
    }

    /// Returns when it has what it asked for.
    void awaitAnswer() throws Exception {
        if (asked != null) {
            asked.get(MOST.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /// Returns when somebody waits for what it has.
    void awaitWaiter() throws SQLException {
        await("select count(*) from pg_stat_activity where %d = any(pg_blocking_pids(pid))");
    }

    private void await(String question) throws SQLException {
        long end = System.nanoTime() + MOST.toNanos();
        while (number(looking, question.formatted(process)) == 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("nobody waits");
            }
        }
    }

    /// Ends its transaction, and with it what it waits for.
    void letGo() throws SQLException {
        var waiting = asked;
        if (waiting != null && !waiting.isDone()) {
            number(looking, "select pg_cancel_backend(%d)::int".formatted(process));
            Answer.uninterrupted(() -> awaitEnd(waiting));
        }
        asked = null;
        connection.rollback();
    }

    private static void awaitEnd(Future<?> statement) throws InterruptedException {
        try {
            statement.get();
        } catch (ExecutionException e) {
            // it was cancelled
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        letGo();
        thread.close();
        connection.close();
        looking.close();
    }
}
