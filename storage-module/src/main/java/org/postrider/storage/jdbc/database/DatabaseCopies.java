package org.postrider.storage.jdbc.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.journal.DatabaseFiles;
import org.postrider.storage.jdbc.journal.JournaledPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies of the embedded database, made while it is used: the newest few, in a directory beside
/// it. Together with the segments the newest brings back every message (`Restore`).
///
/// A copy is the database at one moment between two groups. It has its name only when it was
/// opened, read and forced, and only then the oldest goes.
public final class DatabaseCopies {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCopies.class);

    private static final int KEPT = 2;
    private static final String PREFIX = "postrider-";
    private static final String SUFFIX = ".mv.db";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /// A copy, and when it was made.
    public record Copy(Path file, Instant made) {}

    private final Path database;
    private final Path directory;
    private final DatabaseFiles files;
    private final Duration every;
    private final StoreSettings settings;
    private final InstantSource clock;

    public DatabaseCopies(StoreSettings settings, InstantSource clock) {
        this.database = JournaledPath.file(settings.url());
        this.directory = directory(settings);
        this.files = DatabaseFiles.of(settings.url());
        this.every = settings.limits().embedded().copyEvery();
        this.settings = settings;
        this.clock = clock;
    }

    public static Path directory(StoreSettings settings) {
        return settings.dataDirectory().resolve("copies");
    }

    /// The copies that are there, the newest first.
    public static List<Copy> of(StoreSettings settings) throws IOException {
        var directory = directory(settings);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.flatMap(file -> copy(file).stream())
                    .sorted(Comparator.comparing(Copy::made).reversed())
                    .toList();
        }
    }

    private static Optional<Copy> copy(Path file) {
        var name = file.getFileName().toString();
        if (!name.matches(PREFIX + "\\d{8}T\\d{9}Z" + SUFFIX)) {
            return Optional.empty();
        }
        var time = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
        return Optional.of(new Copy(file, TIME.parse(time, Instant::from)));
    }

    /// Whether there are copies, and all of them were made after this moment.
    ///
    /// @param millis since 1970
    public boolean areAllNewerThan(long millis) throws IOException {
        var copies = of(settings);
        return !copies.isEmpty()
                && copies.stream().allMatch(copy -> copy.made().toEpochMilli() > millis);
    }

    /// Makes a copy if the newest is old enough. A store without one gets its first when it is as
    /// old as that: until then the segments have everything since its begin.
    public void runIfDue() throws IOException, SQLException {
        var copies = of(settings);
        var last =
                copies.isEmpty()
                        ? Files.readAttributes(database, BasicFileAttributes.class)
                                .creationTime()
                                .toInstant()
                        : copies.getFirst().made();
        if (!clock.instant().isBefore(last.plus(every))) {
            run();
        }
    }

    /// Makes a copy now.
    public void run() throws IOException, SQLException {
        files.createDirectory(directory);
        var part = directory.resolve("part" + SUFFIX);
        Instant made;
        try (var snapshot = JournaledPath.snapshot(database);
                var channel = files.create(part)) {
            made = clock.instant();
            snapshot.copyTo(channel);
        }
        requireReadable(settings, files.url(part));
        files.force(part);
        var copy = directory.resolve(PREFIX + TIME.format(made) + SUFFIX);
        files.move(part, copy);
        LOG.info("the database was copied to {}", copy);
        for (var old : of(settings).stream().skip(KEPT).toList()) {
            files.delete(old.file());
        }
    }

    /// Opens a database, whose URL may have settings, and reads what counts.
    public static void requireReadable(StoreSettings settings, String url) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                url + ";IFEXISTS=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                                settings.user(),
                                settings.password());
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select sum(m.size), max(a.modseq), max(s.uidnext)
                                from account_state a
                                left join mailbox_state s on s.account_id = a.account_id
                                left join message m on m.account_id = s.account_id
                                    and m.mailbox_id = s.mailbox_id
                                """)) {
            rows.next();
        }
    }
}
