package org.postrider.storage.jdbc.restore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.postrider.storage.RestoreReport;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.check.CheckOptions;
import org.postrider.storage.check.Violation;
import org.postrider.storage.jdbc.JdbcStore;
import org.postrider.storage.jdbc.check.StoppedStore;
import org.postrider.storage.jdbc.database.DatabaseCopies;
import org.postrider.storage.jdbc.database.LostDatabase;
import org.postrider.storage.jdbc.database.UpgradeCopy;
import org.postrider.storage.jdbc.journal.DatabaseFiles;
import org.postrider.storage.jdbc.journal.JournaledPath;
import org.postrider.storage.jdbc.upkeep.NameAccounts;
import org.postrider.storage.mailbox.StoreUnavailable;

/// Makes the embedded database anew when its file is lost or does not open: from the newest copy
/// that opens, and from what the segments say arrived since; without any copy from the segments
/// alone.
///
/// The new database is made beside the damaged one and takes its place when it is whole, so a
/// restore that is killed is begun again. Nothing is removed: the damaged file is put aside.
public final class Restore {

    private static final String WORK = "restoring";
    private static final String ENDING = ".mv.db";

    /// Violations that are told; all are counted.
    private static final int MOST_VIOLATIONS = 100;

    private final StoreSettings settings;
    private final InstantSource clock;
    private final SegmentFiles segments;
    private final DatabaseFiles files;
    private final Path database;
    private final StoreSettings work;
    private final Path workFile;
    private final List<Path> unreadable = new ArrayList<>();

    private Restore(StoreSettings settings, InstantSource clock, SegmentFiles segments) {
        this.settings = settings;
        this.clock = clock;
        this.segments = segments;
        this.files = DatabaseFiles.of(settings.url());
        this.database = JournaledPath.file(settings.url()).toAbsolutePath();
        this.workFile = database.resolveSibling(WORK + ENDING);
        this.work =
                StoreSettings.of(
                                files.url(workFile),
                                settings.user(),
                                settings.password(),
                                settings.dataDirectory())
                        .withLimits(settings.limits());
    }

    /// Restores the database of a stopped server.
    ///
    /// @throws StoreUnavailable when there is nothing to restore or it cannot be done; nothing was
    ///   changed then
    public static RestoreReport run(StoreSettings settings, InstantSource clock) {
        return run(settings, clock, SegmentFiles.ofSystem());
    }

    /// The same with segment files that a test looks at.
    public static RestoreReport run(
            StoreSettings settings, InstantSource clock, SegmentFiles segments) {
        if (!settings.isEmbedded()) {
            throw new StoreUnavailable(
                    "only the embedded database is restored so; PostgreSQL has its own backups");
        }
        try {
            return new Restore(settings, clock, segments).run();
        } catch (IOException | SQLException e) {
            throw new StoreUnavailable("the restore failed: " + e.getMessage(), e);
        }
    }

    private RestoreReport run() throws IOException, SQLException {
        requireNeeded();
        forgetWork();
        var copy = newestReadable();
        if (copy.isEmpty() && !LostDatabase.hasSegments(settings)) {
            throw new StoreUnavailable(
                    "there is neither a copy of the database nor a segment in "
                            + settings.dataDirectory()
                            + ": nothing to restore");
        }
        Map<Integer, Account> before;
        SegmentReplay.Result result;
        try (var store = JdbcStore.openForRestore(work, clock, segments)) {
            before = copy.isEmpty() ? Map.of() : accounts(store);
            result = new SegmentReplay(store, settings, copy.map(DatabaseCopies.Copy::made)).run();
            store.catchUp();
        }
        RestoreEpoch.begin(work);
        Map<Integer, Account> after;
        try (var store = JdbcStore.openForRestore(work, clock, segments)) {
            after = accounts(store);
            NameAccounts.all(store.lanes(), after.keySet());
        }
        var found = new ArrayList<Violation>();
        var check =
                StoppedStore.check(
                        work,
                        clock,
                        CheckOptions.ROWS,
                        violation -> {
                            if (found.size() < MOST_VIOLATIONS) {
                                found.add(violation);
                            }
                        });
        var aside = exchange();
        return new RestoreReport(
                copy.map(DatabaseCopies.Copy::made),
                unreadable,
                result.names(),
                ofAccounts(before, after, result),
                check,
                found,
                aside);
    }

    /// An account, and how many messages it has.
    private record Account(String address, long messages) {}

    private static Map<Integer, Account> accounts(JdbcStore store) {
        var accounts = new TreeMap<Integer, Account>();
        store.read(session -> {
            session.forEach(
                    """
                    select a.account_id, a.address, s.used_msgs
                    from account a
                    join account_state s on s.account_id = a.account_id
                    """,
                    row ->
                            accounts.put(
                                    row.getInt(1), new Account(row.getString(2), row.getLong(3))));
            return accounts;
        });
        return accounts;
    }

    private static List<RestoreReport.OfAccount> ofAccounts(
            Map<Integer, Account> before,
            Map<Integer, Account> after,
            SegmentReplay.Result result) {
        var accounts = new ArrayList<RestoreReport.OfAccount>();
        after.forEach((number, account) -> {
            var tally = result.accounts().getOrDefault(number, new SegmentReplay.Tally());
            var copied = before.get(number);
            accounts.add(
                    new RestoreReport.OfAccount(
                            account.address(),
                            copied == null ? 0 : copied.messages(),
                            tally.filed,
                            tally.elsewhere,
                            tally.gone,
                            copied != null || tally.settings));
        });
        return accounts;
    }

    /// Refuses while the database is in use, or when it opens.
    private void requireNeeded() throws IOException {
        if (!Files.exists(database)) {
            return;
        }
        try (var channel = FileChannel.open(database, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null) {
                throw inUse();
            }
        } catch (OverlappingFileLockException e) {
            throw inUse();
        }
        try {
            DatabaseCopies.requireReadable(settings, settings.url() + ";ACCESS_MODE_DATA=r");
        } catch (SQLException e) {
            return;
        }
        throw new StoreUnavailable(
                "the database "
                        + database
                        + " opens, so there is nothing to restore. To go back to the last copy all"
                        + " the same, move that file and its .journal away first");
    }

    private StoreUnavailable inUse() {
        return new StoreUnavailable(
                "the database " + database + " is in use; stop the server first");
    }

    private void forgetWork() throws IOException {
        files.delete(workFile);
        files.deleteJournal(workFile);
        UpgradeCopy.of(workFile, files).remove();
    }

    private Optional<DatabaseCopies.Copy> newestReadable() throws IOException {
        for (var copy : DatabaseCopies.of(settings)) {
            files.copy(copy.file(), workFile);
            try {
                DatabaseCopies.requireReadable(work, work.url());
                return Optional.of(copy);
            } catch (SQLException e) {
                unreadable.add(copy.file());
                forgetWork();
            }
        }
        return Optional.empty();
    }

    /// Puts the damaged file aside and the new one in its place.
    private Optional<Path> exchange() throws IOException {
        var aside = database.resolveSibling(database.getFileName() + ".damaged-" + clock.millis());
        boolean damaged = Files.exists(database);
        files.moveDatabase(database, aside);
        UpgradeCopy.of(database, files).remove();
        files.deleteJournal(workFile);
        files.move(workFile, database);
        return damaged ? Optional.of(aside) : Optional.empty();
    }
}
