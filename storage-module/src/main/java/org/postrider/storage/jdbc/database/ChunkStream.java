package org.postrider.storage.jdbc.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.DamagedBody;
import org.postrider.storage.blob.PieceStream;

/// Octets of one body in `body_chunk`, as they are stored, read chunk by chunk.
final class ChunkStream extends PieceStream {

    private final Readers readers;
    private final BodyPlace place;
    private final long end;

    private long at;

    ChunkStream(Readers readers, BodyPlace place, long offset, long length) {
        this.readers = readers;
        this.place = place;
        this.at = Math.min(offset, place.stored());
        this.end = Math.min(place.stored(), at + Math.max(0, length));
    }

    @Override
    protected ByteBuffer next() throws IOException {
        if (at == end) {
            return ByteBuffer.allocate(0);
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
        at += count;
        return ByteBuffer.wrap(octets.get());
    }
}
