package org.postrider.storage.jdbc.database;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import org.postrider.storage.blob.BodyDigest;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.InflatedStream;
import org.postrider.storage.blob.RecordType;
import org.postrider.storage.blob.SegmentNote;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.blob.StagingMemory;

/// Bodies in rows of `body_chunk`, in the database of the rows that name them.
///
/// A small body is written by the lane, in the transaction of its message (`RowWriter`). The chunks
/// of a large one are written while it is received, each in a transaction of its own; nobody sees
/// them before a row names their blob.
public final class ChunkBodies implements BodyStore {

    /// Octets in a chunk; only the last one of a body has fewer.
    public static final int CHUNK = 512 << 10;

    /// The most octets of a body that is read together with others.
    public static final int SMALL = 32 << 10;

    private final Readers readers;
    private final Readers writers;
    private final BodyIds ids;
    private final InstantSource clock;
    private final StagingMemory memory;
    private final ConcurrentSkipListSet<Long> received = new ConcurrentSkipListSet<>();

    ChunkBodies(
            Readers readers,
            Readers writers,
            BodyIds ids,
            InstantSource clock,
            StagingMemory memory) {
        this.readers = readers;
        this.writers = writers;
        this.ids = ids;
        this.clock = clock;
        this.memory = memory;
    }

    /// Gives each body a number; the octets are written with the group's rows.
    @Override
    public void persist(List<StagedBody> group, Supplier<List<SegmentNote>> notes) {
        for (var body : group) {
            if (body.place().isEmpty()) {
                body.placed(body.form().at(0, newBlob()), () -> {});
            }
        }
    }

    /// No blob below this number is being received, or waits for its row.
    public long oldestReceived() {
        var oldest = received.ceiling(0L);
        return oldest == null ? Long.MAX_VALUE : oldest;
    }

    private long newBlob() {
        return ids.next(clock.millis());
    }

    @Override
    public Spill spill(RecordType type) {
        long blob = newBlob();
        received.add(blob);
        return new ChunkSpill(writers, memory, blob, () -> received.remove(blob));
    }

    @Override
    public InputStream open(BodyPlace place, long offset, long length) throws IOException {
        return switch (place.codec()) {
            case NONE -> new ChunkStream(readers, place, offset, length);
            case DEFLATE ->
                    InflatedStream.open(
                            place,
                            offset,
                            length,
                            (from, count) -> new ChunkStream(readers, place, from, count));
        };
    }

    @Override
    public Map<BodyPlace, String> missing(List<BodyPlace> places) {
        var blobs = places.stream().filter(place -> place.stored() > 0).toList();
        var found = new HashMap<Long, Blob>();
        readers.ask(session -> {
            session.forEach(
                    """
                    select blob_id, count(*), max(n) + 1, sum(octet_length(data))
                    from body_chunk
                    where blob_id = any(?)
                    group by blob_id
                    """,
                    row ->
                            found.put(
                                    row.getLong(1),
                                    new Blob(row.getLong(2), row.getLong(3), row.getLong(4))),
                    session.array("bigint", blobs.stream().map(BodyPlace::offset).toArray()));
            return found;
        });
        var missing = new HashMap<BodyPlace, String>();
        for (var place : blobs) {
            var blob = found.get(place.offset());
            if (blob == null) {
                missing.put(place, "has no rows in body_chunk");
            } else if (blob.chunks() != blob.end() || blob.octets() != place.stored()) {
                missing.put(
                        place,
                        "has %d octets in %d rows of body_chunk, not %d in %d"
                                .formatted(
                                        blob.octets(), blob.chunks(), place.stored(), blob.end()));
            }
        }
        return missing;
    }

    /// What the rows of a blob add up to.
    private record Blob(long chunks, long end, long octets) {}

    @Override
    public boolean verify(BodyPlace place, byte[] digest) throws IOException {
        return BodyDigest.matches(() -> open(place, 0, place.size()), digest);
    }

    @Override
    public void close() {
        writers.close();
    }
}
