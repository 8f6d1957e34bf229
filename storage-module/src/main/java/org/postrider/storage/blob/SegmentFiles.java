package org.postrider.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// How segment files are written. Tests put their own in between, to see what is forced when.
public interface SegmentFiles {

    /// Creates a file and makes its name durable.
    File create(Path path) throws IOException;

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

    /// Files of the operating system.
    ///
    /// They are written by threads that nobody interrupts: an interrupt closes a channel.
    static SegmentFiles ofSystem() {
        return path -> {
            var channel =
                    FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (var directory = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            return new SystemFile(channel);
        };
    }

    /// A file of the operating system.
    record SystemFile(FileChannel channel) implements File {
        @Override
        public void write(long position, ByteBuffer octets) throws IOException {
            long at = position;
            while (octets.hasRemaining()) {
                at += channel.write(octets, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
