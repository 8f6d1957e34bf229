package org.postrider.storage.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.jdbc.database.Dialect;
import org.postrider.storage.jdbc.database.H2Dialect;
import org.postrider.storage.jdbc.database.PostgresDialect;
import org.postrider.storage.jdbc.database.SchemaUpgrade;
import org.postrider.storage.testing.TestPostgres;

/// Data that an earlier schema left, as text: what [UpgradeHistory] made of both databases when
/// that schema was the newest one.
///
/// Before a migration is added, [#main] is run on the last commit without it, and what it writes is
/// kept under `src/test/resources/org/postrider/storage/upgrade`.
final class UpgradeFixture {

    private static final String SEGMENTS = "segments";

    private final StoreSettings settings;
    private final Dialect dialect;

    UpgradeFixture(StoreSettings settings) {
        this.settings = settings;
        this.dialect =
                settings.isEmbedded()
                        ? new H2Dialect(settings, SegmentFiles.ofSystem())
                        : new PostgresDialect(settings, InstantSource.system());
    }

    /// Writes the fixtures of today's schema.
    ///
    /// @param arguments the directory they go to
    public static void main(String[] arguments) throws IOException, SQLException {
        var target = Path.of(arguments[0]);
        for (var database : List.of("h2", "postgresql")) {
            var work = Files.createTempDirectory("fixture");
            var settings =
                    database.equals("h2") ? StoreSettings.embedded(work) : TestPostgres.fresh(work);
            new UpgradeFixture(settings).write(target, database);
        }
    }

    private void write(Path target, String database) throws IOException, SQLException {
        var ticking = new AtomicLong(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli());
        InstantSource clock = () -> Instant.ofEpochMilli(ticking.addAndGet(1_000));
        var lines = new ArrayList<String>();
        List<String> shown;
        try (var store = JdbcStore.open(settings, clock)) {
            UpgradeHistory.run(store);
            shown = StoreText.of(store, UpgradeHistory.ADDRESSES);
        }
        var version = "";
        for (var migration : applied().entrySet()) {
            version = "v" + migration.getKey();
            lines.add("[migration " + migration.getKey() + " " + migration.getValue() + "]");
        }
        try (var connection = connection(settings)) {
            lines.addAll(RowText.dump(connection));
        }
        var segments = settings.dataDirectory().resolve(SEGMENTS);
        if (Files.isDirectory(segments)) {
            try (var files = Files.list(segments)) {
                for (var file : files.sorted().toList()) {
                    lines.add("[file " + file.getFileName() + "]");
                    lines.add(RowText.octets(Files.readAllBytes(file)));
                }
            }
        }
        Files.createDirectories(target);
        Files.write(target.resolve(version + "-" + database + ".rows"), lines);
        Files.write(target.resolve(version + "-" + database + ".shown"), shown);
    }

    /// The checksums of the migrations that were applied, by their version.
    Map<String, Integer> applied() {
        var checksums = new TreeMap<String, Integer>();
        var migrations = SchemaUpgrade.migrations(dialect).toArray(String[]::new);
        var flyway =
                Flyway.configure()
                        .dataSource(dialect.url(), settings.user(), settings.password())
                        .locations(migrations)
                        .placeholders(dialect.placeholders())
                        .load();
        for (var migration : flyway.info().applied()) {
            checksums.put(migration.getVersion().toString(), migration.getChecksum());
        }
        return checksums;
    }

    /// Makes the store's database what the fixture of a schema version says.
    ///
    /// @return what that store showed
    static List<String> load(StoreSettings settings, int version) throws IOException, SQLException {
        var fixture = new UpgradeFixture(settings);
        var database = settings.isEmbedded() ? "h2" : "postgresql";
        new SchemaUpgrade(
                        settings,
                        fixture.dialect,
                        SchemaUpgrade.migrations(fixture.dialect),
                        Integer.toString(version))
                .run();
        var rows = new ArrayList<String>();
        var lines = resource(version, database + ".rows");
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("[file ")) {
                var name = lines.get(i).substring("[file ".length(), lines.get(i).length() - 1);
                var segments = Files.createDirectories(settings.dataDirectory().resolve(SEGMENTS));
                Files.write(segments.resolve(name), RowText.octets(lines.get(++i)));
            } else if (!lines.get(i).startsWith("[migration ")) {
                rows.add(lines.get(i));
            }
        }
        try (var connection =
                settings.isEmbedded()
                        ? fixture.dialect.openLane(0).connection()
                        : connection(settings)) {
            connection.setAutoCommit(true);
            RowText.load(connection, rows);
        }
        return resource(version, database + ".shown");
    }

    /// The checksums of the migrations when the fixture was written, by their version.
    static Map<String, Integer> migrations(int version, String database) throws IOException {
        var checksums = new TreeMap<String, Integer>();
        for (var line : resource(version, database + ".rows")) {
            var words = line.split("[ \\]]", -1);
            if (words[0].equals("[migration")) {
                checksums.put(words[1], Integer.valueOf(words[2]));
            }
        }
        return checksums;
    }

    /// Whether there is a fixture of a schema version.
    static boolean exists(int version, String database) {
        return UpgradeFixture.class.getResource(name(version, database + ".rows")) != null;
    }

    private static List<String> resource(int version, String name) throws IOException {
        try (var stream = UpgradeFixture.class.getResourceAsStream(name(version, name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String name(int version, String name) {
        return "/org/postrider/storage/upgrade/v" + version + "-" + name;
    }

    private static Connection connection(StoreSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }
}
