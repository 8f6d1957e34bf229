package org.postrider.storage.jdbc.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/// H2's name for a database file with a journal beside it: `journaled:<path>`.
///
/// H2 trusts a chunk of its file whose first and last block arrived, without looking at what lies
/// between them; a chunk that was written and not forced when the power went may lack just that,
/// and then the file does not open. Under this name the file gets no write that is not in the
/// journal first.
public final class JournaledPath extends FilePathWrapper {

    private static final String SCHEME = "journaled";
    static final String URL = "jdbc:h2:file:";
    static final String DATABASE = ".mv.db";
    static final String JOURNAL = ".journal";

    /// The files of open databases.
    private static final Map<Path, JournaledFile> OPEN = new ConcurrentHashMap<>();

    static {
        FilePath.register(new JournaledPath());
    }

    /// H2 makes its own copies.
    public JournaledPath() {}

    /// The JDBC URL of the same database with its journal. Until it is opened so, the last groups
    /// may be in the journal only.
    public static String url(String url) {
        return url.startsWith(URL + SCHEME + ":")
                ? url
                : URL + SCHEME + ":" + url.substring(URL.length());
    }

    /// The URL without that.
    public static String written(String url) {
        return url.replace(URL + SCHEME + ":", URL);
    }

    /// The database's file under a URL. H2 takes `~` for the home of who runs it, and adds the
    /// ending.
    public static Path file(String url) {
        var name = url.substring(url.lastIndexOf(':') + 1);
        var home = Matcher.quoteReplacement(System.getProperty("user.home"));
        return Path.of(name.replaceFirst("^~(?=/)", home) + DATABASE);
    }

    /// Whether there is nothing of a database: it was never begun, or is lost. Without its file, or
    /// with one that has no octets, whatever the journal has, for that has only the last writes; a
    /// file of zeros only if no batch was ever in the journal.
    public static boolean isBlank(Path database) throws IOException {
        if (!Files.exists(database) || Files.size(database) == 0) {
            return true;
        }
        try (var file = FileChannel.open(database, StandardOpenOption.READ)) {
            if (!JournaledFile.isRoomOnly(file)) {
                return false;
            }
        }
        var journal = FilePath.get(database + JOURNAL);
        if (!journal.exists()) {
            return true;
        }
        try (var left = Journal.read(journal)) {
            left.replay(_ -> {});
            return left.isUnused();
        }
    }

    /// Has the file of an open database stand still at what it was at the last force or after.
    public static Snapshot snapshot(Path database) throws IOException {
        var open = OPEN.get(database.toAbsolutePath());
        if (open == null) {
            throw new IOException("the database " + database + " is not open");
        }
        return open.stand();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        var base = getBase();
        if (!base.toString().endsWith(DATABASE)) {
            return super.open(mode);
        }
        var journal = FilePath.get(base + JOURNAL);
        var path = file(base.toString().substring(0, base.toString().length() - DATABASE.length()));
        return new JournaledFile(
                base.open(mode), journal, mode.equals("r"), new Opened(path.toAbsolutePath()));
    }

    /// A place in the list of open files.
    record Opened(Path path) {
        void add(JournaledFile file) {
            OPEN.put(path, file);
        }

        void remove(JournaledFile file) {
            OPEN.remove(path, file);
        }
    }
}
