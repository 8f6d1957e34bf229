package org.postrider.storage.jdbc.database;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.ForceFailed;
import org.postrider.storage.blob.SegmentBodies;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.blob.StagingMemory;
import org.postrider.storage.jdbc.journal.JournaledPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// H2 in this process, on a file.
///
/// One connection writes. `WRITE_DELAY=0` has every commit written when it returns, and `CHECKPOINT
/// SYNC` has it on the disk; neither is true of H2's defaults (docs/adr/0003). Readers log in as a
/// user who may only select, over a URL without settings.
public final class H2Dialect implements Dialect {

    private static final String READER = "POSTRIDER_READER";

    /// H2's isolation in which all statements of a transaction see what the first one saw.
    private static final int SNAPSHOT = 6;

    /// H2's cache in KB: an eighth of the heap.
    private static final long CACHE_KB = Runtime.getRuntime().maxMemory() / 8 / 1024;

    /// A database that is on its way to being closed.
    private static final Set<Integer> CLOSING =
            Set.of(
                    ErrorCode.DATABASE_ALREADY_OPEN_1,
                    ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
                    ErrorCode.DATABASE_IS_CLOSED);

    /// How long H2 leaves room alone that became free. Its own 45 seconds wait for the disk to
    /// write what was not forced; under the journal there is nothing of that kind.
    private static final Duration RETENTION = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(H2Dialect.class);

    private final StoreSettings settings;
    private final SegmentFiles files;
    private final String readerPassword;
    private final Set<Connection> readers = ConcurrentHashMap.newKeySet();
    private final FileTidying tidying;
    private volatile boolean stranded;
    private volatile Runnable tellStranded = () -> {};

    public H2Dialect(StoreSettings settings, SegmentFiles files) {
        this.settings = settings;
        this.files = files;
        this.tidying = new FileTidying(settings.limits().embedded().untidiedOctets());
        var secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        this.readerPassword = HexFormat.of().formatHex(secret);
    }

    @Override
    public Optional<Path> file() {
        return Optional.of(JournaledPath.file(settings.url()));
    }

    @Override
    public String migrations() {
        return "db/migration/h2";
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of(
                "bin", "varbinary(1000000)",
                "bin32", "binary(32)",
                "hot", "",
                "warm", "",
                "body_chunk_parts", "");
    }

    @Override
    public void check(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "create user if not exists %s password '%s'".formatted(READER, readerPassword));
            statement.execute("alter user %s set password '%s'".formatted(READER, readerPassword));
            statement.execute("grant reader to " + READER);
            statement.execute("checkpoint sync");
        }
    }

    @Override
    public String url() {
        return settings.url()
                + ";WRITE_DELAY=0;LOCK_TIMEOUT=30000;DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0"
                + ";RETENTION_TIME="
                + RETENTION.toMillis()
                + ";CACHE_SIZE="
                + CACHE_KB;
    }

    /// H2 locks its file against other processes.
    @Override
    public Session openLane(int stream) throws SQLException {
        try {
            var connection =
                    DriverManager.getConnection(url(), settings.user(), settings.password());
            connection.setAutoCommit(false);
            stranded = false;
            return new Session(connection);
        } catch (SQLException e) {
            if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
                closeReaders();
            }
            throw e;
        }
    }

    /// Readers may have opened the database when a failed write had closed it, and H2 may have
    /// forgotten theirs ([#isFound]): it holds the file until they leave.
    private void closeReaders() throws SQLException {
        for (var reader : readers) {
            reader.close();
        }
    }

    /// A database that a failed write has closed gives its file free a moment later, and until then
    /// H2 may still hand out the one that is closed.
    @Override
    public boolean isHopeless(SQLException e) {
        return !CLOSING.contains(e.getErrorCode());
    }

    @Override
    public Connection openReader() throws SQLException {
        var reader =
                Patience.with(
                        () -> DriverManager.getConnection(settings.url(), READER, readerPassword),
                        this::isHopelessToRead);
        for (var others = readers.iterator(); others.hasNext(); ) {
            if (others.next().isClosed()) {
                others.remove();
            }
        }
        readers.add(reader);
        return reader;
    }

    private boolean isHopelessToRead(SQLException e) {
        if (isHopeless(e)) {
            return true;
        }
        if (!stranded && e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
            stranded = true;
            tellStranded.run();
        }
        return false;
    }

    /// Closes the database for everybody, without writing. What was not durable is seen no more.
    @Override
    public void abandon(Session session) {
        try (var statement = session.connection().createStatement()) {
            statement.execute("shutdown immediately");
        } catch (SQLException e) {
            LOG.debug("the database was closed already", e);
        }
    }

    @Override
    public void whenStranded(Runnable told) {
        tellStranded = told;
    }

    /// When a database that was closed by a failed write ends, H2 forgets the one that was opened
    /// in its place under the same name (2.4.240, 2026-11-21): the lane goes on with it, and nobody
    /// else finds it.
    @Override
    public boolean isFound(Session session) {
        if (stranded) {
            abandon(session);
        }
        return !stranded;
    }

    @Override
    public Connection openCheck() throws SQLException {
        return seeingOneMoment(openReader());
    }

    /// Opens a database that nobody has open, and leaves its file as it is.
    public Connection openStopped() throws SQLException {
        var url = settings.url() + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE;CACHE_SIZE=" + CACHE_KB;
        return seeingOneMoment(
                DriverManager.getConnection(url, settings.user(), settings.password()));
    }

    private static Connection seeingOneMoment(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(SNAPSHOT);
        return connection;
    }

    /// They see rows that are committed and not yet forced.
    @Override
    public boolean readersSeeOnlyWhatIsDurable() {
        return false;
    }

    @Override
    public boolean hasRoom(long octets) {
        long free = settings.dataDirectory().toFile().getUsableSpace();
        return free - octets >= settings.limits().bodies().kept();
    }

    /// Bodies lie beside the database: its file would keep the room of what was deleted.
    @Override
    public BodyStore bodies(Readers readers, BodyIds ids, StagingMemory memory) throws IOException {
        return SegmentBodies.open(
                settings.dataDirectory().resolve("segments"),
                files,
                settings.limits().bodies().segmentOctets());
    }

    @Override
    public void force(Session session) throws SQLException, StoreFailed {
        try {
            session.update("checkpoint sync");
        } catch (SQLException e) {
            if (isForceFailed(e)) {
                throw new StoreFailed("a commit could not be forced to the disk", e);
            }
            throw e;
        }
    }

    @Override
    public void tidy(Session session, boolean last) throws SQLException, StoreFailed {
        try {
            if (last) {
                tidying.atEnd(session);
            } else {
                tidying.between(session);
            }
        } catch (MVStoreException e) {
            if (isForceFailed(e)) {
                throw new StoreFailed("the database could not be forced to the disk", e);
            }
            throw new SQLException("the database could not be made smaller", e);
        }
    }

    /// Whether the disk did not confirm; a full disk is another matter.
    private static boolean isForceFailed(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForceFailed) {
                return true;
            }
        }
        return false;
    }

    /// What is not forced need not be on the disk.
    @Override
    public void relax(Session session) {}

    @Override
    public Optional<DatabaseCopies> copies(InstantSource clock) {
        return Optional.of(new DatabaseCopies(settings, clock));
    }

    @Override
    public int lanes() {
        return 1;
    }

    /// A write that fails, as on a full disk, closes the database for everybody. What was written
    /// of the commit is seen when the file is opened anew.
    @Override
    public boolean isInDoubt(SQLException e) {
        return true;
    }
}
