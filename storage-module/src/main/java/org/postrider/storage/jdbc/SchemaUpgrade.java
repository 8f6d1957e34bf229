package org.postrider.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.mailbox.StoreUnavailable;

/// Brings the tables to this version, before any lane opens.
final class SchemaUpgrade {

    /// H2's code for a file that another process has open.
    private static final int FILE_LOCKED = 90020;

    private final StoreSettings settings;
    private final Dialect dialect;

    SchemaUpgrade(StoreSettings settings, Dialect dialect) {
        this.settings = settings;
        this.dialect = dialect;
    }

    void run() throws SQLException {
        try (var connection = connect()) {
            connection.setAutoCommit(true);
            migrate();
            dialect.check(connection);
        }
    }

    private Connection connect() throws SQLException {
        try {
            return Patience.with(() -> dialect.openLane(0), settings::isEmbedded);
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
        var flyway =
                Flyway.configure()
                        .dataSource(dialect.url(), settings.user(), settings.password())
                        .locations(
                                "classpath:db/migration/common",
                                "classpath:" + dialect.migrations())
                        .placeholders(dialect.placeholders())
                        .load();
        try {
            refuseNewer(flyway);
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StoreUnavailable(
                    "the tables of the mail store cannot be brought to this version: "
                            + e.getMessage(),
                    e);
        }
    }

    private static void refuseNewer(Flyway flyway) {
        for (var applied : flyway.info().applied()) {
            if (applied.getState().isResolved()) {
                continue;
            }
            throw new StoreUnavailable(
                    "the mail store was written by a newer Postrider (schema version "
                            + applied.getVersion()
                            + "); start that version, or restore a backup");
        }
    }
}
