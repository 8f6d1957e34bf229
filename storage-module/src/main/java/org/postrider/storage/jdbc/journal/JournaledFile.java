package org.postrider.storage.jdbc.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.journal.Entry.Truncation;
import org.postrider.storage.jdbc.journal.Entry.Write;

/// A file whose writes stay in memory until it is forced; then they go to the journal, which is
/// forced, and from there to the file, which is not. Who opens the file after a crash does the
/// writes of the journal again, so it is what it was at the last force, or at a later moment
/// between two writes.
///
/// Whoever reads sees his own writes at once. After a failure nothing is written any more.
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // a lock of its own, and readers need none
final class JournaledFile extends FileBase {

    /// Octets that may wait in memory for a force that does not come.
    private static final long MOST_WAITING = 4 << 20;

    /// Octets that may wait in memory while the file is copied.
    private static final long MOST_HELD = 64 << 20;

    /// When the file is forced, so that the journal begins anew.
    private static final long LONGEST_JOURNAL = 8 << 20;

    private final FileChannel file;
    private final FilePath journalPath;
    private final boolean readOnly;
    private final JournaledPath.Opened opened;
    private final ReentrantLock lock = new ReentrantLock();

    /// Written and not in the file yet, in order. Readers take it before they read the file.
    private volatile Waiting waiting = Waiting.NOTHING;

    private @Nullable Journal journal;
    private @Nullable IOException failure;
    private volatile long size;

    /// How large the file is on the disk: what will be written has its room already.
    private long room;

    private long position;

    /// Whether the file is being copied, so that nothing is written into it.
    private boolean standing;

    JournaledFile(
            FileChannel file, FilePath journalPath, boolean readOnly, JournaledPath.Opened opened)
            throws IOException {
        this.opened = opened;
        this.file = file;
        this.journalPath = journalPath;
        this.readOnly = readOnly;
        this.size = file.size();
    }

    /// Who gets the lock has the file for himself, and so its journal.
    @Override
    public @Nullable FileLock tryLock(long from, long length, boolean shared) throws IOException {
        var taken = file.tryLock(from, length, shared);
        if (taken == null) {
            return null;
        }
        try {
            recover();
        } catch (IOException e) {
            // H2 forgets a file that it could not lock, and nobody else could ever lock it.
            try (file;
                    var _ = journal) {
                taken.release();
            }
            throw e;
        }
        opened.add(this);
        return taken;
    }

    private void recover() throws IOException {
        if (readOnly) {
            if (journalPath.exists()) {
                try (var left = Journal.read(journalPath)) {
                    left.replay(this::add);
                }
            }
            return;
        }
        var left = Journal.open(journalPath);
        journal = left;
        if (left.replay(this::apply)) {
            Journal.force(file, true);
            left.restart();
        } else if (left.isUnused() && isRoomOnly(file)) {
            file.truncate(0);
        }
        size = file.size();
        room = size;
    }

    /// Whether the file has nothing but room that was taken for a first force that never came.
    static boolean isRoomOnly(FileChannel file) throws IOException {
        var octets = ByteBuffer.allocate(64 << 10);
        for (long at = 0; at < file.size(); at += octets.position()) {
            if (file.read(octets.clear(), at) <= 0 || !isZero(octets.array(), octets.position())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(byte[] octets, int length) {
        return Arrays.mismatch(octets, 0, length, new byte[length], 0, length) < 0;
    }

    private Journal journal() throws IOException {
        var first = failure;
        if (first != null) {
            throw new IOException("writing the database failed before; restart the server", first);
        }
        var locked = journal;
        if (locked == null) {
            throw new IOException("the database file is not locked");
        }
        return locked;
    }

    // ---- writing

    @Override
    public int write(ByteBuffer octets, long at) throws IOException {
        lock.lock();
        try {
            var copy = new byte[octets.remaining()];
            octets.get(copy);
            var entry = new Write(at, copy);
            journal().reserve(waiting.with(entry));
            if (!standing) {
                grow(entry.sizeAfter(size));
            }
            add(entry);
            if (waiting.octets() > MOST_WAITING) {
                flush();
            }
            return copy.length;
        } finally {
            lock.unlock();
        }
    }

    /// Takes the room for what will be written when it is in the journal.
    private void grow(long newSize) throws IOException {
        if (newSize > room) {
            Journal.fill(file, room, newSize);
            room = newSize;
        }
    }

    private void add(Entry entry) {
        waiting = waiting.with(entry);
        size = entry.sizeAfter(size);
    }

    @Override
    public FileChannel truncate(long newSize) throws IOException {
        lock.lock();
        try {
            if (newSize < size) {
                journal();
                add(new Truncation(newSize));
                flush();
            }
            return this;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void force(boolean metaData) throws IOException {
        lock.lock();
        try {
            flush();
        } finally {
            lock.unlock();
        }
    }

    /// Makes everything that waits durable.
    private void flush() throws IOException {
        var open = journal();
        var entries = waiting.volatiles();
        try {
            if (!entries.isEmpty()) {
                open.append(entries);
                waiting = waiting.allDurable();
            }
            if (!standing || waiting.held() > MOST_HELD) {
                standing = false;
                write();
            }
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /// Writes into the file what is durable in the journal.
    private void write() throws IOException {
        for (var entry : waiting.entries()) {
            apply(entry);
        }
        waiting = Waiting.NOTHING;
        if (journal().length() > LONGEST_JOURNAL) {
            Journal.force(file, true);
            journal().restart();
        }
    }

    private void apply(Entry entry) throws IOException {
        switch (entry) {
            case Write(var at, var octets) -> {
                var buffer = ByteBuffer.wrap(octets);
                while (buffer.hasRemaining()) {
                    file.write(buffer, at + buffer.position());
                }
                room = Math.max(room, at + octets.length);
            }
            case Truncation(var newSize) -> {
                file.truncate(newSize);
                room = newSize;
            }
        }
    }

    // ---- standing still

    /// Makes what was written so far durable, and from then on leaves the file alone.
    Snapshot stand() throws IOException {
        lock.lock();
        try {
            if (standing) {
                throw new IOException("the database is being copied already");
            }
            flush();
            standing = true;
            return new Snapshot(this, file.size());
        } finally {
            lock.unlock();
        }
    }

    /// Brings the file up to date again.
    void follow() throws IOException {
        lock.lock();
        try {
            if (standing && failure == null) {
                standing = false;
                flush();
            }
        } finally {
            lock.unlock();
        }
    }

    void requireStanding() throws IOException {
        lock.lock();
        try {
            if (!standing) {
                throw new IOException("too much was written while the database was copied");
            }
        } finally {
            lock.unlock();
        }
    }

    void readStanding(ByteBuffer into, long at) throws IOException {
        int count;
        do {
            count = file.read(into, at + into.position());
        } while (count > 0 && into.hasRemaining());
    }

    // ---- reading

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
        var unwritten = waiting;
        long end = size;
        if (unwritten.entries().isEmpty()) {
            return file.read(into, at);
        }
        if (at >= end) {
            return -1;
        }
        var octets = new byte[(int) Math.min(into.remaining(), end - at)];
        var buffer = ByteBuffer.wrap(octets);
        int count;
        do {
            count = file.read(buffer, at + buffer.position());
        } while (count > 0 && buffer.hasRemaining());
        unwritten.entries().forEach(entry -> entry.show(octets, at));
        into.put(octets);
        return octets.length;
    }

    @Override
    public long size() {
        return size;
    }

    // ---- with a position of its own

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = read(into, position);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public int write(ByteBuffer octets) throws IOException {
        int count = write(octets, position);
        position += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    // ---- the end

    /// Leaves the file complete without the journal, unless something failed.
    @Override
    protected void implCloseChannel() throws IOException {
        lock.lock();
        try (file;
                var _ = journal) {
            opened.remove(this);
            if (journal != null && failure == null) {
                standing = false;
                flush();
                if (room > size) {
                    file.truncate(size);
                }
                Journal.force(file, true);
                journal.end();
            }
        } finally {
            lock.unlock();
        }
    }
}
