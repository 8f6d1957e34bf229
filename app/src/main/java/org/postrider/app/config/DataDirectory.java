package org.postrider.app.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The directory that holds everything, locked for as long as this server runs, so that two servers
/// never write the same files.
public final class DataDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    private static final String KEY = "postrider.data-dir=";

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Makes the directory where it is missing (for nobody but us to read), and locks it.
    public static DataDirectory open(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(
                        path,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            return new DataDirectory(path, locked(path));
        } catch (IOException e) {
            throw new SettingProblem(
                    KEY + path,
                    "cannot be written",
                    "let the user this server runs as own the directory (chown), or choose another"
                            + " one.",
                    e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        LOG.info("stopped");
    }

    private static FileChannel locked(Path path) throws IOException {
        var channel =
                FileChannel.open(
                        path.resolve("postrider.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            var owner = read(channel).strip();
            channel.close();
            throw new SettingProblem(
                    KEY + path,
                    "is in use by another Postrider"
                            + (owner.isEmpty() ? "" : " (process " + owner + ")"),
                    "stop that one first, or give this one a directory of its own.");
        }
        var process = Long.toString(ProcessHandle.current().pid()) + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(process.getBytes(StandardCharsets.US_ASCII)), 0);
        return channel;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(32);
        int count = Math.max(0, channel.read(buffer, 0));
        return new String(buffer.array(), 0, count, StandardCharsets.US_ASCII);
    }
}
