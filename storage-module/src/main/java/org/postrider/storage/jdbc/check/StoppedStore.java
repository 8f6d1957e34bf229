package org.postrider.storage.jdbc.check;

import java.nio.file.Files;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import org.h2.api.ErrorCode;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.SegmentBodies;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.blob.StagingMemory;
import org.postrider.storage.check.CheckOptions;
import org.postrider.storage.check.CheckReport;
import org.postrider.storage.check.Violation;
import org.postrider.storage.jdbc.database.BodyIds;
import org.postrider.storage.jdbc.database.H2Dialect;
import org.postrider.storage.jdbc.database.PostgresDialect;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.database.SchemaUpgrade;
import org.postrider.storage.jdbc.database.UpgradeCopy;
import org.postrider.storage.jdbc.journal.DatabaseFiles;
import org.postrider.storage.mailbox.StoreUnavailable;

/// A store that no server has open, to be looked at. Nothing of it is changed: the embedded
/// database's file is opened for reading only.
public final class StoppedStore {

    private StoppedStore() {}

    /// Looks whether all that must be true of the store is.
    ///
    /// @param found is told of each violation when it is met
    /// @throws StoreUnavailable when there is no such store of this version, or it cannot be opened
    public static CheckReport check(
            StoreSettings settings,
            InstantSource clock,
            CheckOptions options,
            Consumer<Violation> found) {
        try {
            return settings.isEmbedded()
                    ? embedded(settings, options, found)
                    : onServer(settings, clock, options, found);
        } catch (StoreUnavailable e) {
            throw e.getCause() instanceof SQLException cause ? unreadable(settings, cause) : e;
        }
    }

    private static StoreUnavailable unreadable(StoreSettings settings, SQLException e) {
        return new StoreUnavailable(
                e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1
                        ? "the mail store in %s is in use by a server that runs"
                                .formatted(settings.dataDirectory())
                        : "the database cannot be read: " + e.getMessage(),
                e);
    }

    private static CheckReport embedded(
            StoreSettings settings, CheckOptions options, Consumer<Violation> found) {
        var dialect = new H2Dialect(settings, SegmentFiles.ofSystem());
        var file = dialect.file().orElseThrow();
        if (!Files.exists(file)) {
            throw new StoreUnavailable("there is no mail store: no file " + file);
        }
        if (UpgradeCopy.of(file, DatabaseFiles.of(settings.url())).exists()) {
            throw new StoreUnavailable(
                    "an upgrade of the mail store did not end: start the server, which puts back what"
                            + " was before");
        }
        try (var bodies = SegmentBodies.reading(settings.dataDirectory().resolve("segments"));
                var asking = new Readers("check", dialect::openStopped, 1)) {
            return asking.ask(session -> {
                SchemaUpgrade.requireCurrent(session, dialect);
                return new StoreCheck(session, bodies, _ -> Map.of(), found).run(options);
            });
        }
    }

    private static CheckReport onServer(
            StoreSettings settings,
            InstantSource clock,
            CheckOptions options,
            Consumer<Violation> found) {
        var dialect = new PostgresDialect(settings, clock);
        try (var readers = new Readers("reader", dialect::openReader, 1);
                var bodies = dialect.bodies(readers, new BodyIds(0), new StagingMemory(0));
                var asking = new Readers("check", dialect::openCheck, 1)) {
            return asking.ask(session -> {
                SchemaUpgrade.requireCurrent(session, dialect);
                return new StoreCheck(session, bodies, _ -> Map.of(), found).run(options);
            });
        }
    }
}
