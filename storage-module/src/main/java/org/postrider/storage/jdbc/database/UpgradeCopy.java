package org.postrider.storage.jdbc.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.postrider.storage.jdbc.journal.DatabaseFiles;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A copy of the embedded database's file beside it, for as long as its tables are being changed:
/// H2 commits each statement that changes a table, so a migration that fails in the middle leaves
/// what no version knows.
///
/// The copy is made while the database is closed, has its name only when it is whole and on the
/// disk, and goes when the upgraded database is on the disk. Where there is one at start, the
/// upgrade did not end: the copy is put back.
public final class UpgradeCopy {

    private static final Logger LOG = LoggerFactory.getLogger(UpgradeCopy.class);

    /// What the name of the copy has more than that of the database's file.
    public static final String SUFFIX = ".before-upgrade";

    /// The copy, and as much again: H2 writes a table anew to change it.
    private static final int ROOM = 2;

    private final Path database;
    private final Path copy;
    private final DatabaseFiles files;
    private final LongSupplier room;

    /// @param room the octets that are free
    public UpgradeCopy(Path database, DatabaseFiles files, LongSupplier room) {
        this.database = database;
        this.files = files;
        this.copy = database.resolveSibling(database.getFileName() + SUFFIX);
        this.room = room;
    }

    public static UpgradeCopy of(Path database, DatabaseFiles files) {
        return new UpgradeCopy(database, files, () -> database.toFile().getUsableSpace());
    }

    /// Copies the closed database.
    public void take() throws IOException {
        long size = Files.size(database);
        if (room.getAsLong() < ROOM * size) {
            throw new StoreUnavailable(
                    String.format(
                            Locale.ROOT,
                            "upgrading the mail store takes %d MB of room in %s, there are %d MB; "
                                    + "nothing was changed",
                            megabytes(ROOM * size),
                            database.getParent(),
                            megabytes(room.getAsLong())));
        }
        var growing = copy.resolveSibling(copy.getFileName() + ".part");
        files.copy(database, growing);
        if (Files.size(database) != size || Files.size(growing) != size) {
            throw inUse();
        }
        files.move(growing, copy);
    }

    /// Whether there is one: an upgrade did not end.
    public boolean exists() {
        return Files.exists(copy);
    }

    /// Makes the copy the database, if there is one.
    void putBack() throws IOException {
        if (exists()) {
            refuseWhileInUse();
            files.deleteJournal(database);
            files.move(copy, database);
            LOG.warn("{} was put back to what it was before an upgrade that did not end", database);
        }
    }

    /// Removes the copy: the upgraded database is on the disk. A copy that came back after a power
    /// cut would take the place of everything since.
    public void remove() throws IOException {
        files.delete(copy);
    }

    /// Another process may be changing the tables just now.
    private void refuseWhileInUse() throws IOException {
        try (var channel = FileChannel.open(database, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null) {
                throw inUse();
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} is gone, its copy takes its place", database, e);
        } catch (OverlappingFileLockException e) {
            throw inUse();
        }
    }

    private StoreUnavailable inUse() {
        return new StoreUnavailable("the mail store " + database + " is in use by another process");
    }

    private static long megabytes(long octets) {
        return (octets + (1 << 20) - 1) >> 20;
    }
}
