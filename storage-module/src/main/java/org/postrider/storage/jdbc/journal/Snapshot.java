package org.postrider.storage.jdbc.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A database file that stands still while the database goes on: what is written meanwhile is in
/// the journal and in memory. Closing it lets the file follow.
public final class Snapshot implements AutoCloseable {

    private static final int PIECE = 1 << 20;

    private final JournaledFile file;
    private final long size;

    Snapshot(JournaledFile file, long size) {
        this.file = file;
        this.size = size;
    }

    /// Copies the file and forces the copy.
    ///
    /// @throws IOException also when so much was written meanwhile that the file had to follow
    public void copyTo(FileChannel copy) throws IOException {
        var piece = ByteBuffer.allocate(PIECE);
        for (long at = 0; at < size; at += piece.limit()) {
            piece.clear().limit((int) Math.min(PIECE, size - at));
            file.readStanding(piece, at);
            piece.flip();
            while (piece.hasRemaining()) {
                copy.write(piece);
            }
        }
        copy.force(true);
        file.requireStanding();
    }

    @Override
    public void close() throws IOException {
        file.follow();
    }
}
