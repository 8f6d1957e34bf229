package org.postrider.storage.jdbc.database;

import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;

/// Runs one statement for many rows.
public final class Batch {

    /// Fills a statement's parameters from a row.
    @FunctionalInterface
    public interface Binder<T> {
        void bind(PreparedStatement statement, T row) throws SQLException;
    }

    private final Session session;

    public Batch(Session session) {
        this.session = session;
    }

    /// Writes a row for each of `rows`, or changes or deletes the one that its key names; another
    /// number means that rows and memory differ, and nothing may be committed. Where rows of
    /// several tables can be written together, these wait for the next ones.
    public <T> void write(
            RowStatement statement, Collection<T> rows, Function<T, Object[]> parameters)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var all = rows.stream().map(parameters).toList();
        if (session.writesTogether()) {
            session.writeLater(statement, all);
        } else {
            runOnOne(statement.each(), all, Session::bind);
        }
    }

    public <T> void run(String sql, Collection<T> rows, Binder<T> binder) throws SQLException {
        execute(sql, rows, binder);
    }

    /// The same; the sum of the rows met.
    public <T> long counts(String sql, Collection<T> rows, Binder<T> binder) throws SQLException {
        return Arrays.stream(execute(sql, rows, binder)).asLongStream().sum();
    }

    /// The same, for statements that must meet exactly one row each: another number means that rows
    /// and memory differ, and nothing may be committed.
    public <T> void runOnOne(String sql, Collection<T> rows, Binder<T> binder) throws SQLException {
        for (int count : execute(sql, rows, binder)) {
            if (count != 1) {
                throw new IllegalStateException("met " + count + " rows instead of one: " + sql);
            }
        }
    }

    private <T> int[] execute(String sql, Collection<T> rows, Binder<T> binder)
            throws SQLException {
        if (rows.isEmpty()) {
            return new int[0];
        }
        var statement = session.prepare(sql);
        statement.clearBatch(); // rows of a group that failed while it was being bound
        for (var row : rows) {
            binder.bind(statement, row);
            statement.addBatch();
        }
        try {
            return statement.executeBatch();
        } catch (BatchUpdateException e) {
            throw withoutValues(e);
        }
    }

    /// The exception without its message, which may quote the rows, and with them mail.
    private static SQLException withoutValues(BatchUpdateException e) {
        var next = e.getNextException();
        var why = next == null ? "a batch failed" : next.getMessage();
        return new SQLException(why, e.getSQLState(), e.getErrorCode());
    }
}
