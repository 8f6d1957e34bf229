package org.postrider.storage.jdbc.database;

import java.util.Arrays;
import org.postrider.storage.blob.BodyCodec;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.StagingMemory;
import org.postrider.storage.mailbox.StoreUnavailable;

/// A large body on its way into `body_chunk`. It gathers a whole chunk in memory where there is
/// some to be had; where not, it adds smaller pieces to the chunk's row.
final class ChunkSpill implements BodyStore.Spill {

    private static final int SMALL_PIECE = 64 << 10;

    private final Readers writers;
    private final StagingMemory memory;
    private final long blob;
    private final byte[] piece;
    private final boolean reserved;
    private final Runnable settled;

    private int used;
    private long written;
    private boolean ended;

    /// @param settled is run when it has its row, or never will
    ChunkSpill(Readers writers, StagingMemory memory, long blob, Runnable settled) {
        this.settled = settled;
        this.writers = writers;
        this.memory = memory;
        this.blob = blob;
        this.reserved = memory.take(ChunkBodies.CHUNK);
        this.piece = new byte[reserved ? ChunkBodies.CHUNK : SMALL_PIECE];
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0) {
            int count = Math.min(left, piece.length - used);
            System.arraycopy(octets, at, piece, used, count);
            used += count;
            at += count;
            left -= count;
            if (used == piece.length) {
                flush();
            }
        }
    }

    @Override
    public BodyPlace finish(BodyCodec codec, int size) {
        if (used > 0) {
            flush();
        }
        end();
        return new BodyPlace(0, blob, Math.toIntExact(written), codec, size);
    }

    @Override
    public void release(boolean abandoned) {
        end();
        settled.run();
        if (abandoned && written > 0) {
            written = 0;
            writers.ask(
                    session -> session.update("delete from body_chunk where blob_id = ?", blob));
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            if (reserved) {
                memory.giveBack(ChunkBodies.CHUNK);
            }
        }
    }

    /// Writes the piece. When it is asked twice because a connection was lost, the second finds the
    /// chunk longer than it was, or there, and the message is refused.
    private void flush() {
        var octets = Arrays.copyOf(piece, used);
        int n = Math.toIntExact(written / ChunkBodies.CHUNK);
        int before = Math.toIntExact(written % ChunkBodies.CHUNK);
        int rows =
                writers.ask(session ->
                        before == 0
                                ? session.update(
                                        """
                                        insert into body_chunk (blob_id, n, data)
                                        values (?, ?, ?)
                                        """,
                                        blob,
                                        n,
                                        octets)
                                : session.update(
                                        """
                                        update body_chunk
                                        set data = data || cast(? as bytea)
                                        where blob_id = ? and n = ?
                                            and octet_length(data) = ?
                                        """,
                                        octets,
                                        blob,
                                        n,
                                        before));
        if (rows != 1) {
            throw new StoreUnavailable("a chunk of a message was not written");
        }
        written += used;
        used = 0;
    }
}
