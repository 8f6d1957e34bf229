package org.postrider.storage.testing;

import com.github.dockerjava.api.exception.NotFoundException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// A real PostgreSQL for the tests of one JVM: a container where a Docker engine answers and has
/// the image, else the server's binaries from a Maven artifact. It is never skipped.
///
/// `-Dtest.postgres=docker|embedded|auto` chooses. The server does not force its log: it is good
/// for contracts and not for durability.
public final class TestPostgres {

    private static final Logger LOG = LoggerFactory.getLogger(TestPostgres.class);
    private static final String IMAGE = System.getProperty("test.postgres.image", "postgres:17");
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /// More lanes than a small machine has, so that accounts are on different ones.
    private static final StoreLimits.Writing LANES =
            new StoreLimits.Writing(3, 128, 8L << 20, 4_096, 8);

    private TestPostgres() {}

    /// The settings of a store on a new, empty database.
    public static StoreSettings fresh(Path directory) {
        var server = Running.SERVER;
        var name = String.format(Locale.ROOT, "store_%d", DATABASES.incrementAndGet());
        try (var connection =
                        DriverManager.getConnection(
                                server.url(), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create a database for a test", e);
        }
        var url = server.url().replaceFirst("(//[^/]+/)[^?]+", "$1" + name);
        return StoreSettings.of(url, server.user(), server.password(), directory)
                .allowingUnsafeDatabase()
                .withLimits(StoreLimits.USUAL.with(LANES));
    }

    private record Server(String url, String user, String password) {}

    /// The one server, started when the first test wants it.
    private static final class Running {
        static final Server SERVER = start();
    }

    private static Server start() {
        var wanted = System.getProperty("test.postgres", "auto");
        return switch (wanted) {
            case "docker" -> container();
            case "embedded" -> embedded();
            case "auto" -> imageIsThere() ? container() : embedded();
            default ->
                    throw new IllegalArgumentException(
                            "test.postgres must be auto, docker or embedded, not " + wanted);
        };
    }

    /// Whether an engine answers that has the image already, so that a test pulls nothing.
    private static boolean imageIsThere() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return false;
        }
        try {
            DockerClientFactory.instance().client().inspectImageCmd(IMAGE).exec();
            return true;
        } catch (NotFoundException e) {
            LOG.info("the Docker engine has no {}, using embedded binaries", IMAGE);
            return false;
        }
    }

    @SuppressWarnings("resource") // runs until the JVM ends
    private static Server container() {
        var container =
                new PostgreSQLContainer(IMAGE)
                        .withCommand("postgres", "-c", "fsync=off", "-c", "full_page_writes=off");
        container.start();
        LOG.info("PostgreSQL of the tests: {}", IMAGE);
        return new Server(container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }

    @SuppressWarnings("resource") // runs until the JVM ends
    private static Server embedded() {
        try {
            var postgres =
                    EmbeddedPostgres.builder()
                            .setServerConfig("fsync", "off")
                            .setServerConfig("full_page_writes", "off")
                            .start();
            LOG.info("PostgreSQL of the tests: embedded binaries");
            return new Server(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "");
        } catch (IOException e) {
            throw new IllegalStateException("no PostgreSQL for the tests", e);
        }
    }
}
