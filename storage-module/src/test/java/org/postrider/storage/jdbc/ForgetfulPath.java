package org.postrider.storage.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/// H2's name for a file on a [ForgetfulDisk]: `forgetful:<path>`. H2 makes its own copies of this,
/// so each finds its disk by the file's name.
public final class ForgetfulPath extends FilePathWrapper {

    static final String SCHEME = "forgetful";

    /// For H2.
    public ForgetfulPath() {}

    static void register() {
        FilePath.register(new ForgetfulPath());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    private String path() {
        return unwrap().toString();
    }

    private ForgetfulDisk disk() {
        return ForgetfulDisk.of(path());
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        var file = super.open(mode);
        if (isDirectory()) {
            return new Recorded(file) {
                @Override
                public void force(boolean metaData) {
                    disk().forcedNames(path());
                }
            };
        }
        return new RecordedFile(disk(), disk().opened(path()), file);
    }

    @Override
    public boolean createFile() {
        boolean created = super.createFile();
        if (created) {
            disk().opened(path());
        }
        return created;
    }

    @Override
    public void delete() {
        super.delete();
        disk().deleted(path());
    }

    @Override
    public void moveTo(FilePath target, boolean atomic) {
        super.moveTo(target, atomic);
        disk().renamed(path(), ((ForgetfulPath) target).path());
    }

    /// What is passed on as it is.
    private abstract static class Recorded extends FileBase {
        final FileChannel file;

        Recorded(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer octets) throws IOException {
            return file.write(octets);
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

    private static final class RecordedFile extends Recorded {
        private final ForgetfulDisk disk;
        private final ForgetfulFile recorded;

        RecordedFile(ForgetfulDisk disk, ForgetfulFile recorded, FileChannel file) {
            super(file);
            this.disk = disk;
            this.recorded = recorded;
        }

        @Override
        public int write(ByteBuffer octets) throws IOException {
            long position = file.position();
            var copy = octets.duplicate();
            int count = file.write(octets);
            disk.written(recorded, position, copy);
            return count;
        }

        @Override
        public synchronized int write(ByteBuffer octets, long position) throws IOException {
            var copy = octets.duplicate();
            int count = file.write(octets, position);
            disk.written(recorded, position, copy);
            return count;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            disk.forced(recorded);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            super.truncate(size);
            disk.truncated(recorded, size);
            return this;
        }
    }
}
