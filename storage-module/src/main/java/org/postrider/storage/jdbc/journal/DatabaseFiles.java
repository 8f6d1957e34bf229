package org.postrider.storage.jdbc.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.h2.message.DbException;
import org.h2.store.fs.FilePath;

/// What is done with a database's file as a whole, and with its copies, while nobody has it open:
/// in the file system that H2's name for it says. What is done is on the disk when it returns, so a
/// power cut finds the steps of whoever uses this in their order.
public final class DatabaseFiles {

    private static final int PIECE = 1 << 20;

    /// What H2's names have before the path; for the system's own files nothing.
    private final String scheme;

    private DatabaseFiles(String scheme) {
        this.scheme = scheme;
    }

    /// Those beside the database of a JDBC URL.
    public static DatabaseFiles of(String url) {
        var name = JournaledPath.written(url).substring(JournaledPath.URL.length());
        return new DatabaseFiles(name.substring(0, name.lastIndexOf(':') + 1));
    }

    /// The JDBC URL of the database in a file, without its journal.
    public String url(Path database) {
        var name = database.toAbsolutePath().toString();
        return JournaledPath.URL
                + scheme
                + name.substring(0, name.length() - JournaledPath.DATABASE.length());
    }

    /// Copies a file. Under its name there may be a part of it until this returns.
    public void copy(Path from, Path to) throws IOException {
        try (var source = FileChannel.open(from, StandardOpenOption.READ);
                var target = create(to)) {
            var piece = ByteBuffer.allocate(PIECE);
            while (source.read(piece) >= 0) {
                piece.flip();
                while (piece.hasRemaining()) {
                    target.write(piece);
                }
                piece.clear();
            }
            target.force(true);
        }
        forceNames(to);
    }

    /// An empty file to be filled and forced; the one that was there is gone.
    public FileChannel create(Path file) throws IOException {
        delete(file);
        return path(file).open("rw");
    }

    /// Makes what others wrote into a file durable.
    public void force(Path file) throws IOException {
        try (var channel = path(file).open("rw")) {
            channel.force(true);
        }
    }

    /// Gives a file another name in its directory; the one that had that name is gone. At every
    /// moment there is one of the two under it.
    public void move(Path from, Path to) throws IOException {
        try {
            path(from).moveTo(path(to), true);
        } catch (DbException e) {
            throw new IOException(e.getMessage(), e);
        }
        forceNames(to);
    }

    /// Gives a database, if it is there, another name together with its journal. A power cut may
    /// leave the journal behind, but never the database without it.
    public void moveDatabase(Path database, Path to) throws IOException {
        if (Files.exists(database)) {
            move(database, to);
        }
        if (Files.exists(journal(database))) {
            move(journal(database), journal(to));
        }
    }

    /// Deletes a file, if it is there.
    public void delete(Path file) throws IOException {
        if (Files.exists(file)) {
            try {
                path(file).delete();
            } catch (DbException e) {
                throw new IOException(e.getMessage(), e);
            }
            forceNames(file);
        }
    }

    /// Forgets the journal of a database whose file is replaced by another.
    public void deleteJournal(Path database) throws IOException {
        delete(journal(database));
    }

    /// Makes a directory in one that is there.
    public void createDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory);
            forceNames(directory);
        }
    }

    private static Path journal(Path database) {
        return database.resolveSibling(database.getFileName() + JournaledPath.JOURNAL);
    }

    private FilePath path(Path file) {
        return FilePath.get(scheme + file.toAbsolutePath());
    }

    /// Makes the names durable that lie beside this one.
    private void forceNames(Path file) throws IOException {
        try (var directory = path(file.toAbsolutePath().resolveSibling("")).open("r")) {
            directory.force(true);
        }
    }
}
