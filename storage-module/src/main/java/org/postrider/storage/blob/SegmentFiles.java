package org.postrider.storage.blob;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// How segment files are written. Tests put their own in between, to see what is forced when.
public interface SegmentFiles {

    /// Creates a file and makes its name durable.
    File create(Path path) throws IOException;

    /// Deletes a file, if it is there. After a power cut it may be there again.
    default void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    /// A file being written.
    interface File extends AutoCloseable {

        void write(long position, ByteBuffer octets) throws IOException;

        /// Returns when everything written is on the disk.
        void force() throws IOException;

        /// Cuts the file off.
        void truncate(long size) throws IOException;

        @Override
        void close() throws IOException;
    }

    /// Files of the operating system, as [RandomAccessFile]s: an interrupt closes a channel, and
    /// with it the segment for everybody.
    static SegmentFiles ofSystem() {
        return path -> {
            if (!path.toFile().createNewFile()) {
                throw new FileAlreadyExistsException(path.toString());
            }
            forceDirectory(path.resolveSibling("."));
            return new SystemFile(new RandomAccessFile(path.toFile(), "rw"));
        };
    }

    /// Makes a file's name durable. There is no other way to a directory than a channel, so who is
    /// interrupted meanwhile does it again.
    static void forceDirectory(Path directory) throws IOException {
        boolean interrupted = false;
        while (true) {
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
                break;
            } catch (ClosedByInterruptException e) {
                interrupted |= Thread.interrupted();
            } catch (IOException e) {
                throw new ForceFailed("the name of a file could not be made durable", e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// A file of the operating system.
    record SystemFile(RandomAccessFile file) implements File {
        @Override
        public void write(long position, ByteBuffer octets) throws IOException {
            file.seek(position);
            file.write(
                    octets.array(), octets.arrayOffset() + octets.position(), octets.remaining());
            octets.position(octets.limit());
        }

        @Override
        public void force() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.setLength(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
