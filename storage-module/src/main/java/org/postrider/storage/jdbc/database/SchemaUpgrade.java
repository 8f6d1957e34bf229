package org.postrider.storage.jdbc.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.journal.DatabaseFiles;
import org.postrider.storage.mailbox.StoreUnavailable;

/// Brings the tables to this version, before any lane opens: all of it, or the store is as it was
/// and the version before still opens it.
///
/// PostgreSQL changes tables in a transaction, one for all migrations that are missing. H2 does
/// not, so its file is copied aside first ([UpgradeCopy]).
public final class SchemaUpgrade {

    /// H2's code for a file that another process has open.
    private static final int FILE_LOCKED = 90020;

    private final StoreSettings settings;
    private final Dialect dialect;
    private final Flyway flyway;
    private final Optional<UpgradeCopy> copy;

    public SchemaUpgrade(StoreSettings settings, Dialect dialect) {
        this(settings, dialect, migrations(dialect), "latest");
    }

    /// The same with other migrations than ours, and up to a version.
    public SchemaUpgrade(
            StoreSettings settings, Dialect dialect, List<String> migrations, String version) {
        this.settings = settings;
        this.dialect = dialect;
        this.copy =
                dialect.file().map(file -> UpgradeCopy.of(file, DatabaseFiles.of(settings.url())));
        this.flyway =
                Flyway.configure()
                        .dataSource(dialect.url(), settings.user(), settings.password())
                        .locations(migrations.toArray(String[]::new))
                        .placeholders(dialect.placeholders())
                        .target(version)
                        .group(true)
                        .load();
    }

    /// Where our own migrations are.
    public static List<String> migrations(Dialect dialect) {
        return List.of("classpath:db/migration/common", "classpath:" + dialect.migrations());
    }

    /// Refuses a store whose tables are not of this version, where they must not be changed.
    public static void requireCurrent(Session session, Dialect dialect) throws SQLException {
        int newest = 0;
        for (var migration : known(dialect).info().all()) {
            newest = Math.max(newest, Integer.parseInt(migration.getVersion().toString()));
        }
        int found =
                session
                        .query(
                                """
                                select "version"
                                from "flyway_schema_history"
                                where "success" and "version" is not null
                                """,
                                row -> Integer.parseInt(row.getString(1)))
                        .stream()
                        .max(Integer::compare)
                        .orElse(0);
        session.rollback();
        if (found > newest) {
            throw newer(Integer.toString(found));
        }
        if (found < newest) {
            throw new StoreUnavailable(
                    "the tables of the mail store are of schema version %d, this Postrider's of %d; "
                                    .formatted(found, newest)
                            + "start the server once, which upgrades them");
        }
    }

    /// The migrations of this version, without a database.
    private static Flyway known(Dialect dialect) {
        return Flyway.configure()
                .dataSource("jdbc:h2:mem:", "", "")
                .locations(migrations(dialect).toArray(String[]::new))
                .placeholders(dialect.placeholders())
                .load();
    }

    public void run() throws SQLException, IOException {
        if (copy.isPresent()) {
            copy.get().putBack();
            if (isUpgrade()) {
                copy.get().take();
            }
        }
        boolean done = false;
        try (var connection = connect()) {
            migrate();
            dialect.check(connection);
            done = true;
        } finally {
            if (copy.isPresent() && !done) {
                copy.get().putBack();
            }
        }
        if (copy.isPresent()) {
            copy.get().remove();
        }
    }

    /// Whether tables will be changed. A new store is copied too, empty: who is killed while it
    /// gets its first tables begins anew.
    @SuppressWarnings("try") // the connection keeps others away meanwhile
    private boolean isUpgrade() throws SQLException {
        try (var connection = connect()) {
            refuseNewer();
            return flyway.info().pending().length > 0;
        } catch (FlywayException e) {
            throw failed(e);
        }
    }

    private Connection connect() throws SQLException {
        try {
            var session = Patience.with(() -> dialect.openLane(0), _ -> settings.isEmbedded());
            var connection = session.connection();
            connection.setAutoCommit(true);
            return connection;
        } catch (SQLException e) {
            if (e.getErrorCode() == FILE_LOCKED) {
                throw new StoreUnavailable(
                        "the mail store in "
                                + settings.dataDirectory()
                                + " is in use by another process; stop that one first",
                        e);
            }
            throw e;
        }
    }

    private void migrate() {
        try {
            refuseNewer();
            flyway.migrate();
        } catch (FlywayException e) {
            throw failed(e);
        }
    }

    private static StoreUnavailable failed(FlywayException e) {
        return new StoreUnavailable(
                "the tables of the mail store cannot be brought to this version, and are as they"
                        + " were: "
                        + e.getMessage(),
                e);
    }

    private void refuseNewer() {
        for (var applied : flyway.info().applied()) {
            if (applied.getState().isResolved()) {
                continue;
            }
            throw newer(applied.getVersion().toString());
        }
    }

    private static StoreUnavailable newer(String version) {
        return new StoreUnavailable(
                "the mail store was written by a newer Postrider (schema version "
                        + version
                        + "); start that version, or restore a backup");
    }
}
