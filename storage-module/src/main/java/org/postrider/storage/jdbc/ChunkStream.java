package org.postrider.storage.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.DamagedBody;

/// Octets of one body in `body_chunk`, read chunk by chunk.
final class ChunkStream extends InputStream {

    private final Readers readers;
    private final BodyPlace place;
    private final long end;

    private long at;
    private byte[] buffer = new byte[0];
    private int used;

    ChunkStream(Readers readers, BodyPlace place, long offset, long length) {
        this.readers = readers;
        this.place = place;
        this.at = Math.min(offset, place.length());
        this.end = Math.min(place.length(), at + Math.max(0, length));
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer[used++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.length - used);
        System.arraycopy(buffer, used, into, offset, count);
        used += count;
        return count;
    }

    @Override
    public int available() {
        return buffer.length - used;
    }

    /// Whether there is an octet in the buffer now.
    private boolean fill() throws IOException {
        if (used < buffer.length) {
            return true;
        }
        if (at == end) {
            return false;
        }
        int chunk = Math.toIntExact(at / ChunkBodies.CHUNK);
        int from = Math.toIntExact(at % ChunkBodies.CHUNK);
        int count = (int) Math.min(ChunkBodies.CHUNK - from, end - at);
        var octets =
                readers.ask(session ->
                        session.queryOne(
                                """
                                select substring(data from ? for ?)
                                from body_chunk
                                where blob_id = ? and n = ?
                                """,
                                row -> row.getBytes(1),
                                from + 1,
                                count,
                                place.offset(),
                                chunk));
        if (octets.isEmpty() || octets.get().length != count) {
            throw new DamagedBody(place);
        }
        buffer = octets.get();
        used = 0;
        at += count;
        return true;
    }
}
