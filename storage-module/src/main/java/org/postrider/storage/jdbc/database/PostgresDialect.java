package org.postrider.storage.jdbc.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.StagingMemory;
import org.postrider.storage.mailbox.StoreUnavailable;

/// A PostgreSQL server.
public final class PostgresDialect implements Dialect {

    /// Connections that write large bodies while they are received.
    private static final int CHUNK_WRITERS = 2;

    /// Tells the advisory locks of the lanes from those of others.
    private static final int LOCK_CLASS = 0x506f7374;

    /// Statements are prepared when they are used again.
    private static final String WHEN_USED_AGAIN = "2";

    /// Statements are prepared at once, and answers never come as text: octets as text are twice as
    /// many, and who opens a mailbox asks for many of them first.
    private static final String AT_ONCE = "-1";

    private static final String UNKNOWN_OUTCOME = "40003";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String IN_USE =
            "the database is in use by another Postrider process; stop that one first";

    private final StoreSettings settings;
    private final InstantSource clock;

    public PostgresDialect(StoreSettings settings, InstantSource clock) {
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    public String migrations() {
        return "db/migration/postgresql";
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of(
                "bin", "bytea",
                "bin32", "bytea",
                "hot", "with (fillfactor = 50)",
                "warm", "with (fillfactor = 85)",
                "body_chunk_parts", "partition by range (blob_id)");
    }

    /// A commit means something only where the server forces its log and whole pages.
    @Override
    public void check(Connection connection) throws SQLException {
        if (settings.allowUnsafeDatabase()) {
            return;
        }
        for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("show " + setting)) {
                row.next();
                if (row.getString(1).equals("off")) {
                    throw new StoreUnavailable(
                            "PostgreSQL runs with %s = off and would lose acknowledged mail: set it to on"
                                    .formatted(setting));
                }
            }
        }
    }

    @Override
    public String url() {
        return settings.url();
    }

    @Override
    public Session openLane(int stream) throws SQLException {
        var connection = connect();
        try {
            claim(connection, stream);
            try (var statement = connection.createStatement()) {
                statement.execute("set enable_seqscan = off"); // a lane asks by keys
            }
            connection.setAutoCommit(false);
            return new Session(connection, true);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Takes a lock that lasts as long as the connection.
    private static void claim(Connection connection, int stream) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
            statement.setInt(1, LOCK_CLASS);
            statement.setInt(2, stream);
            try (var row = statement.executeQuery()) {
                if (!row.next() || !row.getBoolean(1)) {
                    throw new SQLException(IN_USE, LOCK_NOT_AVAILABLE);
                }
            }
        }
    }

    /// A server that was restarted is back soon.
    @Override
    public boolean isHopeless(SQLException e) {
        return false;
    }

    @Override
    public boolean isFound(Session session) {
        return true;
    }

    @Override
    public void abandon(Session session) {}

    @Override
    public void whenStranded(Runnable told) {}

    @Override
    public Connection openReader() throws SQLException {
        var connection = connect(AT_ONCE);
        connection.setReadOnly(true);
        return connection;
    }

    @Override
    public Connection openCheck() throws SQLException {
        var connection = openReader();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    private Connection connect() throws SQLException {
        return connect(WHEN_USED_AGAIN);
    }

    private Connection connect(String prepared) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", "postrider");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("prepareThreshold", prepared);
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(settings.url(), properties);
    }

    @Override
    public boolean readersSeeOnlyWhatIsDurable() {
        return true;
    }

    /// The server's disk is not ours to see; it says itself when it is full.
    @Override
    public boolean hasRoom(long octets) {
        return true;
    }

    @Override
    public BodyStore bodies(Readers readers, BodyIds ids, StagingMemory memory) {
        var writers = new Readers("chunk-writer", this::connect, CHUNK_WRITERS);
        return new ChunkBodies(readers, writers, ids, clock, memory);
    }

    /// A commit returns when it is on the disk.
    @Override
    public void force(Session session) {}

    /// The server's autovacuum does.
    @Override
    public void tidy(Session session, boolean last) {}

    @Override
    public void relax(Session session) throws SQLException {
        session.update("set local synchronous_commit to off");
    }

    @Override
    public Optional<DatabaseCopies> copies(InstantSource clock) {
        return Optional.empty();
    }

    @Override
    public int lanes() {
        return settings.limits().writing().lanes();
    }

    /// What the server itself answers, as for a full disk, means that it has rolled back.
    @Override
    public boolean isInDoubt(SQLException e) {
        var state = e.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.equals(UNKNOWN_OUTCOME);
    }
}
