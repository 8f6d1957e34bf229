package org.postrider.storage.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.StagingMemory;
import org.postrider.storage.mailbox.StoreUnavailable;

/// A PostgreSQL server.
final class PostgresDialect implements Dialect {

    /// Connections that write large bodies while they are received.
    private static final int CHUNK_WRITERS = 2;

    private final StoreSettings settings;
    private final InstantSource clock;

    PostgresDialect(StoreSettings settings, InstantSource clock) {
        this.clock = clock;
        this.settings = settings;
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
    public Connection openWriter() throws SQLException {
        var connection = connect();
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Connection openReader() throws SQLException {
        var connection = connect();
        connection.setReadOnly(true);
        return connection;
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", "postrider");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("prepareThreshold", "2");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(settings.url(), properties);
    }

    @Override
    public BodyStore bodies(Readers readers, BodyIds ids, StagingMemory memory) {
        var writers = new Readers("chunk-writer", this::connect, CHUNK_WRITERS);
        return new ChunkBodies(readers, writers, ids, clock, memory);
    }

    /// A commit returns when it is on the disk.
    @Override
    public void force(Session session) {}

    @Override
    public int lanes() {
        return settings.limits().lanes();
    }

    @Override
    public boolean isLost(SQLException e) {
        var state = e.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P");
    }
}
