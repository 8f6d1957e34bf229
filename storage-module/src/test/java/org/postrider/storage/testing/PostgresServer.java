package org.postrider.storage.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import org.postrider.storage.StoreSettings;

/// A PostgreSQL of its own that forces everything, for tests of durability and speed. It can be
/// killed and started again on the same data.
public final class PostgresServer implements AutoCloseable {

    private final Path data;
    private final int port;
    private EmbeddedPostgres running;

    private PostgresServer(Path data, EmbeddedPostgres running) {
        this.data = data;
        this.port = running.getPort();
        this.running = running;
    }

    /// Starts a server.
    ///
    /// @param data where its files go
    public static PostgresServer start(Path data) throws IOException {
        var server = new PostgresServer(data, boot(data, 0));
        server.requireDurable();
        return server;
    }

    /// A store on its database.
    public StoreSettings settings(Path directory) {
        return StoreSettings.of(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "", directory);
    }

    /// `kill -9` of the postmaster; its children end by themselves. Starts again on the same data.
    public void crash() throws IOException {
        long pid =
                Long.parseLong(
                        Files.readString(data.resolve("postmaster.pid"))
                                .lines()
                                .findFirst()
                                .orElseThrow());
        var postmaster = ProcessHandle.of(pid).orElseThrow();
        var all = new ArrayList<>(postmaster.descendants().toList());
        all.add(postmaster);
        postmaster.destroyForcibly();
        all.forEach(process -> process.onExit().join());
        running.close();
        running = boot(data, port);
        requireDurable();
    }

    @Override
    public void close() throws IOException {
        running.close();
    }

    private static EmbeddedPostgres boot(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "128MB")
                .start();
    }

    private void requireDurable() {
        var url = running.getJdbcUrl("postgres", "postgres");
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                """
                                select current_setting('fsync'),
                                       current_setting('synchronous_commit'),
                                       current_setting('full_page_writes')
                                """)) {
            row.next();
            for (int i = 1; i <= 3; i++) {
                if (!row.getString(i).equals("on")) {
                    throw new IllegalStateException("the server does not force everything");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
