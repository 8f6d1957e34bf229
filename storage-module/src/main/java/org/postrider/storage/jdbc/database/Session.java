package org.postrider.storage.jdbc.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A connection of one thread, with its statements prepared once.
///
/// What is only written waits, where the database takes it together ([WrittenTogether]), until
/// something else is done: whoever reads, finds it.
public final class Session implements AutoCloseable {

    /// Reads one row.
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Takes one row.
    @FunctionalInterface
    public interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    /// Rows that PostgreSQL sends at once, in a transaction.
    private static final int FETCH_SIZE = 4_096;

    /// Statements that stay prepared; those that were used longest ago are closed.
    private static final int MOST_PREPARED = 256;

    private final Connection connection;
    private final boolean together;
    private final SequencedMap<String, PreparedStatement> statements =
            new LinkedHashMap<>(MOST_PREPARED, 0.75f, true);
    private final List<WrittenTogether> waiting = new ArrayList<>();

    public Session(Connection connection) {
        this(connection, false);
    }

    /// @param together whether rows that are written wait for others
    Session(Connection connection, boolean together) {
        this.connection = connection;
        this.together = together;
    }

    public Connection connection() {
        return connection;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        writeWaiting();
        var statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
            if (statements.size() > MOST_PREPARED) {
                statements.pollFirstEntry().getValue().close();
            }
        }
        return statement;
    }

    public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters)
            throws SQLException {
        var statement = bound(sql, parameters);
        try (var rows = statement.executeQuery()) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        }
    }

    /// Hands each row over.
    public void forEach(String sql, RowConsumer consumer, Object... parameters)
            throws SQLException {
        var statement = bound(sql, parameters);
        statement.setFetchSize(FETCH_SIZE);
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                consumer.accept(rows);
            }
        }
    }

    public <T> Optional<T> queryOne(String sql, RowReader<T> reader, Object... parameters)
            throws SQLException {
        var all = query(sql, reader, parameters);
        if (all.size() > 1) {
            throw new IllegalStateException("more than one row: " + sql);
        }
        return all.stream().findFirst();
    }

    public int update(String sql, Object... parameters) throws SQLException {
        return bound(sql, parameters).executeUpdate();
    }

    /// Whether rows of several tables can be written together.
    boolean writesTogether() {
        return together;
    }

    /// Has rows written before anything else is done.
    void writeLater(RowStatement statement, List<Object[]> rows) {
        waiting.add(new WrittenTogether(statement, rows));
    }

    private void writeWaiting() throws SQLException {
        if (!waiting.isEmpty()) {
            var all = List.copyOf(waiting);
            waiting.clear();
            WrittenTogether.write(this, all);
        }
    }

    /// An array parameter.
    public java.sql.Array array(String type, Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }

    public void commit() throws SQLException {
        writeWaiting();
        connection.commit();
    }

    public void rollback() throws SQLException {
        waiting.clear();
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement bound(String sql, Object... parameters) throws SQLException {
        var statement = prepare(sql);
        bind(statement, parameters);
        return statement;
    }

    /// Gives a statement its parameters.
    public static void bind(PreparedStatement statement, @Nullable Object... parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
