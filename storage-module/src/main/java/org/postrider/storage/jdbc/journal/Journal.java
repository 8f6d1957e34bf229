package org.postrider.storage.jdbc.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.h2.store.fs.FilePath;
import org.postrider.storage.blob.ForceFailed;

/// A file of batches, each of them whole or worthless.
///
/// At its start lie two blocks, of which the valid one with the higher number counts: it says which
/// batch is the first one wanted. Then batches follow in blocks of 4 KB, numbered without gaps; the
/// first that is not the next number or has another checksum ends them. When the journal begins
/// anew, its old batches stay where they are until they are overwritten, and their numbers are too
/// low.
final class Journal implements AutoCloseable {

    /// A disk may lose what it rewrites, so nothing that counts is rewritten.
    private static final int BLOCK = 4096;

    /// By how much the file grows.
    private static final int STEP = 64 << 10;

    private static final int FIRST_BATCH = 2 * BLOCK;
    private static final long START_MAGIC = 0x50_52_4a_52_4e_4c_30_31L;
    private static final int BATCH_MAGIC = 0x50_52_4a_42;
    private static final int START_LENGTH = 8 + 8;
    private static final int BATCH_HEADER = 4 + 4 + 8 + 4;
    private static final int TRUNCATION = -1;

    /// Takes what was done, in order.
    @FunctionalInterface
    interface Taker {
        void take(Entry entry) throws IOException;
    }

    private final FileChannel file;

    /// The number of the next batch, and where it goes.
    private long number = 1;

    private long end = FIRST_BATCH;

    /// How much room the file has on the disk.
    private long reserved;

    private Journal(FileChannel file) throws IOException {
        this.file = file;
        this.reserved = file.size();
    }

    /// Opens the journal for writing, or makes one.
    static Journal open(FilePath path) throws IOException {
        return begun(path, "rw");
    }

    static Journal read(FilePath path) throws IOException {
        return begun(path, "r");
    }

    /// The journal in a file, which is closed again when it cannot be read.
    private static Journal begun(FilePath path, String mode) throws IOException {
        boolean fresh = !path.exists();
        var file = path.open(mode);
        boolean begun = false;
        try {
            if (fresh) {
                forceDirectory(path);
            }
            var journal = new Journal(file);
            journal.number = journal.first();
            begun = true;
            return journal;
        } finally {
            if (!begun) {
                file.close();
            }
        }
    }

    /// Makes the names of the journal and of what lies beside it durable.
    private static void forceDirectory(FilePath path) throws IOException {
        try (var directory = path.getParent().open("r")) {
            directory.force(true);
        }
    }

    long length() {
        return end;
    }

    /// The number of the first batch that is wanted.
    private long first() throws IOException {
        return Math.max(1, Math.max(start(0), start(BLOCK)));
    }

    private long start(int at) throws IOException {
        var block = read(at, START_LENGTH + 4);
        if (block.remaining() < START_LENGTH + 4
                || block.getLong(0) != START_MAGIC
                || block.getInt(START_LENGTH) != checksum(block.slice(0, START_LENGTH))) {
            return 0;
        }
        return block.getLong(8);
    }

    /// Hands over what the wanted batches did, and goes on behind them.
    ///
    /// @return whether there was any
    boolean replay(Taker taker) throws IOException {
        long began = number;
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            for (var entry : batch) {
                taker.take(entry);
            }
        }
        return number > began;
    }

    /// Whether no batch was ever whole.
    boolean isUnused() {
        return number == 1;
    }

    /// The next batch; empty when there is no further one.
    private List<Entry> next() throws IOException {
        var header = read(end, BATCH_HEADER);
        if (header.remaining() < BATCH_HEADER
                || header.getInt(0) != BATCH_MAGIC
                || header.getLong(8) != number
                || header.getInt(16) <= 0) {
            return List.of();
        }
        int length = header.getInt(16);
        var batch =
                length > file.size() ? ByteBuffer.allocate(0) : read(end, BATCH_HEADER + length);
        if (batch.remaining() < BATCH_HEADER + length
                || batch.getInt(4) != checksum(batch.slice(8, 12 + length))) {
            return List.of();
        }
        end += blocks(BATCH_HEADER + length);
        number++;
        return entries(batch.slice(BATCH_HEADER, length));
    }

    private static List<Entry> entries(ByteBuffer batch) {
        var entries = new ArrayList<Entry>();
        while (batch.hasRemaining()) {
            long position = batch.getLong();
            int length = batch.getInt();
            if (length == TRUNCATION) {
                entries.add(new Entry.Truncation(position));
            } else {
                var octets = new byte[length];
                batch.get(octets);
                entries.add(new Entry.Write(position, octets));
            }
        }
        return entries;
    }

    /// Adds a batch and forces it.
    void append(List<Entry> entries) throws IOException {
        int length = Math.toIntExact(entries.stream().mapToLong(e -> 12 + e.octetCount()).sum());
        var batch = ByteBuffer.allocate((int) blocks(BATCH_HEADER + length));
        batch.putInt(BATCH_MAGIC).putInt(0).putLong(number).putInt(length);
        for (var entry : entries) {
            switch (entry) {
                case Entry.Write(var position, var octets) ->
                        batch.putLong(position).putInt(octets.length).put(octets);
                case Entry.Truncation(var size) -> batch.putLong(size).putInt(TRUNCATION);
            }
        }
        batch.putInt(4, checksum(batch.slice(8, 12 + length)));
        write(batch.rewind(), end);
        force(file, false);
        end += batch.capacity();
        reserved = Math.max(reserved, end);
        number++;
    }

    /// Takes the room that a batch of so many octets will need, so that it is now that the disk is
    /// full, and not when the batch must be durable.
    void reserve(Waiting waiting) throws IOException {
        long needed =
                end + blocks(BATCH_HEADER + waiting.octets() + 12L * waiting.volatiles().size());
        if (needed > reserved) {
            fill(file, reserved, needed + STEP);
            reserved = needed + STEP;
        }
    }

    /// Gives a file room up to a size.
    static void fill(FileChannel file, long from, long to) throws IOException {
        for (long at = from; at < to; ) {
            var zeros = ByteBuffer.allocate((int) Math.min(STEP, to - at));
            at += file.write(zeros, at);
        }
    }

    /// @throws ForceFailed when the disk does not confirm it
    static void force(FileChannel file, boolean metaData) throws ForceFailed {
        try {
            file.force(metaData);
        } catch (IOException e) {
            throw new ForceFailed("the database could not be forced to the disk", e);
        }
    }

    private static long blocks(long length) {
        return (length + BLOCK - 1L) / BLOCK * BLOCK;
    }

    /// Begins anew: what the batches so far did is durable elsewhere.
    void restart() throws IOException {
        var start = ByteBuffer.allocate(START_LENGTH + 4).putLong(START_MAGIC).putLong(number);
        start.putInt(checksum(start.slice(0, START_LENGTH)));
        write(start.flip(), start(0) < start(BLOCK) ? 0 : BLOCK);
        force(file, false);
        end = FIRST_BATCH;
    }

    /// Begins anew, and gives the room back.
    void end() throws IOException {
        restart();
        file.truncate(FIRST_BATCH);
        reserved = FIRST_BATCH;
    }

    private void write(ByteBuffer octets, long at) throws IOException {
        long next = at;
        while (octets.hasRemaining()) {
            next += file.write(octets, next);
        }
    }

    /// Octets from a position on, fewer at the end of the file.
    private ByteBuffer read(long at, int length) throws IOException {
        var buffer = ByteBuffer.allocate(length);
        int count;
        do {
            count = file.read(buffer, at + buffer.position());
        } while (count > 0 && buffer.hasRemaining());
        return buffer.flip();
    }

    private static int checksum(ByteBuffer octets) {
        var checksum = new CRC32C();
        checksum.update(octets);
        return (int) checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
