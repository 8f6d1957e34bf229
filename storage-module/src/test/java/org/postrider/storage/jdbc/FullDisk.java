package org.postrider.storage.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.InstantSource;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.SegmentFiles;

/// A disk that takes so many writes and then has no room, or whose force fails: under the segments,
/// and under the files of H2 whose names begin with `full:`.
public final class FullDisk {

    private static final FullDisk DISK = new FullDisk();

    private long left = Long.MAX_VALUE;
    private long writes;
    private boolean forceFails;

    private FullDisk() {}

    /// The one there is: H2 makes its own copies of its paths. It has room.
    public static FullDisk install() {
        FilePath.register(new FullPath());
        DISK.hasRoom();
        DISK.confirms(true);
        return DISK;
    }

    /// Where a store on this disk keeps what it has.
    public static StoreSettings settings(Path directory) {
        var url = "jdbc:h2:file:full:" + directory.resolve("store");
        return StoreSettings.of(url, "postrider", "", directory);
    }

    /// Opens a store on this disk.
    public Store open(StoreSettings settings) {
        return JdbcStore.open(settings, InstantSource.system(), segmentFiles());
    }

    /// From now on so many writes succeed.
    public synchronized void hasRoomFor(long count) {
        left = count;
        writes = 0;
    }

    public synchronized void hasRoom() {
        hasRoomFor(Long.MAX_VALUE);
    }

    /// Writes that were asked for since the room was changed.
    synchronized long writes() {
        return writes;
    }

    synchronized void confirms(boolean does) {
        forceFails = !does;
    }

    private synchronized void write() throws IOException {
        writes++;
        if (writes > left) {
            throw new IOException("No space left on device");
        }
    }

    private synchronized void force() throws IOException {
        if (forceFails) {
            throw new IOException("Input/output error");
        }
    }

    private SegmentFiles segmentFiles() {
        var system = SegmentFiles.ofSystem();
        return path -> {
            write();
            return new FullSegment(this, system.create(path));
        };
    }

    private record FullSegment(FullDisk disk, SegmentFiles.File file) implements SegmentFiles.File {
        @Override
        public void write(long position, ByteBuffer octets) throws IOException {
            try {
                disk.write();
            } catch (IOException e) {
                // As the system does, it takes a part.
                file.write(position, octets.slice(octets.position(), octets.remaining() / 2));
                throw e;
            }
            file.write(position, octets);
        }

        @Override
        public void force() throws IOException {
            disk.force();
            file.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /// Files of H2 on the disk.
    public static final class FullPath extends FilePathWrapper {
        @Override
        public String getScheme() {
            return "full";
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            return new FullFile(DISK, super.open(mode));
        }
    }

    private static final class FullFile extends FileBase {
        private final FullDisk disk;
        private final FileChannel file;

        FullFile(FullDisk disk, FileChannel file) {
            this.disk = disk;
            this.file = file;
        }

        @Override
        public int write(ByteBuffer octets) throws IOException {
            disk.write();
            return file.write(octets);
        }

        @Override
        public synchronized int write(ByteBuffer octets, long position) throws IOException {
            disk.write();
            return file.write(octets, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            disk.force();
            file.force(metaData);
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return file.read(into);
        }

        @Override
        public synchronized int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public synchronized FileLock tryLock(long position, long size, boolean shared)
                throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
