package org.postrider.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Bodies in append-only files of a directory.
///
/// The lane appends small bodies to one file and forces it once for a group, before the group's
/// rows are committed. A large body is written by the thread that receives it, to a file that it
/// has for itself meanwhile, and is durable before it comes to the lane. A file that is full, and
/// every file of an earlier process, is only read.
///
/// A write that failed, as on a full disk, is taken back: the file ends again where it was forced
/// last, and the next attempt may succeed. A force that failed says nothing about what is on the
/// disk: after the first nothing is accepted any more.
public final class SegmentBodies implements BodyStore {

    private final SegmentShelf shelf;
    private final long segmentOctets;
    private final SegmentReader reader;
    private final ConcurrentLinkedDeque<SegmentWriter> idleSpills = new ConcurrentLinkedDeque<>();

    private @Nullable SegmentWriter current;
    private volatile @Nullable ForceFailed failure;

    private SegmentBodies(SegmentShelf shelf, long segmentOctets) {
        this.shelf = shelf;
        this.segmentOctets = segmentOctets;
        this.reader = new SegmentReader(shelf.directory());
    }

    /// Bodies that are only read, also where there are none: nothing is made.
    public static SegmentBodies reading(Path directory) {
        return new SegmentBodies(SegmentShelf.reading(directory), Long.MAX_VALUE);
    }

    public static SegmentBodies open(Path directory, SegmentFiles files, long segmentOctets)
            throws IOException {
        return new SegmentBodies(SegmentShelf.open(directory, files), segmentOctets);
    }

    /// From now on files have higher numbers than this one, which rows name, though its file may be
    /// lost: another one in its place would be taken for it.
    public void startAbove(long number) {
        shelf.startAbove(number);
    }

    // ---- the lane

    @Override
    public void persist(List<StagedBody> group, Supplier<List<SegmentNote>> notes)
            throws IOException {
        refuseAfterFailure();
        var placed = new ArrayList<StagedBody>();
        long durable = current == null ? 0 : current.end();
        var before = current;
        try {
            for (var body : group) {
                if (body.place().isEmpty()) {
                    placed.add(body);
                    append(body);
                }
            }
            var said = notes.get();
            for (var note : said) {
                writer().append(note.type(), note.octets());
            }
            if (current != null && !(placed.isEmpty() && said.isEmpty())) {
                force(current);
            }
        } catch (IOException | RuntimeException e) {
            placed.forEach(StagedBody::displaced);
            current = reverted(before, durable);
            throw e;
        }
    }

    private void append(StagedBody body) throws IOException {
        var octets =
                body.octets().orElseThrow(() -> new IllegalStateException("a body without octets"));
        var place = writer().append(body.form(), octets);
        body.placed(place, shelf.stage(place.pack()));
    }

    /// The segment to which the lane appends.
    private SegmentWriter writer() throws IOException {
        var writer = current;
        if (writer != null && isFull(writer)) {
            force(writer);
            current = null;
            retire(writer);
            writer = null;
        }
        if (writer == null) {
            writer = create();
            current = writer;
        }
        return writer;
    }

    /// Takes back what a group wrote that failed.
    ///
    /// @return where the next group goes on
    private @Nullable SegmentWriter reverted(@Nullable SegmentWriter before, long durable) {
        var writer = current;
        if (writer == null || (writer == before && isCut(writer, durable))) {
            return writer;
        }
        retire(writer);
        return null;
    }

    SegmentWriter create() throws IOException {
        try {
            return shelf.create();
        } catch (ForceFailed e) {
            failure = e;
            throw e;
        }
    }

    void force(SegmentWriter writer) throws IOException {
        try {
            writer.force();
        } catch (ForceFailed e) {
            failure = e;
            throw e;
        }
    }

    private void refuseAfterFailure() throws ForceFailed {
        var first = failure;
        if (first != null) {
            throw new ForceFailed("writing bodies failed before; restart the server", first);
        }
    }

    // ---- files being written

    /// Cuts a file off at an offset, if that is possible.
    private static boolean isCut(SegmentWriter writer, long offset) {
        try {
            writer.cut(offset);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Nothing is added to the file any more. Its end may be torn.
    void retire(SegmentWriter writer) {
        writer.close();
        shelf.written(writer.number());
    }

    // ---- large bodies

    @Override
    public Spill spill(RecordType type) throws IOException {
        refuseAfterFailure();
        var idle = idleSpills.poll();
        var writer = idle == null ? create() : idle;
        return new SegmentSpill(this, type, writer, shelf.stage(writer.number()));
    }

    /// A thread needs this file no more.
    void giveBack(SegmentWriter writer) {
        if (isFull(writer) || failure != null) {
            retire(writer);
        } else {
            idleSpills.push(writer);
        }
    }

    /// Cuts off what was received in part.
    void takeBack(SegmentWriter writer, long start) {
        if (takenBack(writer, start)) {
            giveBack(writer);
        }
    }

    /// Cuts off what was written in part; where that fails too, the file is left.
    boolean takenBack(SegmentWriter writer, long start) {
        boolean cut = isCut(writer, start);
        if (!cut) {
            retire(writer);
        }
        return cut;
    }

    boolean isFull(SegmentWriter writer) {
        return writer.end() >= segmentOctets;
    }

    /// Cuts off a body that was received, where nothing came after it.
    void takeBackIfLast(SegmentWriter writer, long start, long end) {
        if (idleSpills.remove(writer)) {
            if (writer.end() == end) {
                takeBack(writer, start);
            } else {
                idleSpills.push(writer);
            }
        }
    }

    // ---- reading

    @Override
    public InputStream open(BodyPlace place, long offset, long length) throws IOException {
        if (shelf.isGone(place.pack())) {
            throw new BodyMoved(place);
        }
        return switch (place.codec()) {
            case NONE -> new SegmentStream(reader, place, offset, length);
            case DEFLATE ->
                    InflatedStream.open(
                            place,
                            offset,
                            length,
                            (from, count) -> new SegmentStream(reader, place, from, count));
        };
    }

    @Override
    public Map<BodyPlace, String> missing(List<BodyPlace> places) throws IOException {
        var missing = new HashMap<BodyPlace, String>();
        for (var place : places) {
            reader.lack(place).ifPresent(what -> missing.put(place, what));
        }
        return missing;
    }

    @Override
    public boolean verify(BodyPlace place, byte[] digest) throws IOException {
        return BodyDigest.matches(() -> open(place, 0, place.size()), digest);
    }

    SegmentFormat.Header header(long pack, long offset) throws IOException {
        var octets = new byte[SegmentFormat.RECORD_HEADER];
        reader.read(pack, offset, octets, 0, octets.length);
        return SegmentFormat.header(ByteBuffer.wrap(octets))
                .orElseThrow(() -> new DamagedBody(BodyPlace.plain(pack, offset, 0)));
    }

    /// The octets of a record as they are stored.
    InputStream stored(BodyPlace place) throws IOException {
        return new SegmentStream(reader, place, 0, place.stored());
    }

    // ---- files that nobody writes any more

    /// Files that do not change any more: what is in them has its rows, or never will.
    public List<Long> settled() {
        return shelf.settled();
    }

    /// The octets of a file.
    public long octets(long pack) {
        return shelf.size(pack);
    }

    /// What a record takes in its file.
    public static long octetsOfRecord(long stored) {
        return SegmentFormat.RECORD_HEADER + stored;
    }

    /// Reads a file record by record.
    public SegmentScan scan(long pack) {
        return SegmentScan.of(shelf.directory(), pack);
    }

    /// The octets of a file that are kept whether rows name them or not: its header, its notes.
    public long octetsOfNotes(long pack) throws IOException {
        long[] octets = {SegmentFormat.FILE_HEADER};
        scan(pack)
                .run(
                        (_, _) -> false,
                        (found, _) ->
                                octets[0] +=
                                        found.type().isNote()
                                                ? octetsOfRecord(found.place().stored())
                                                : 0);
        return Math.min(octets[0], octets(pack));
    }

    public SegmentCopier copier() {
        return new SegmentCopier(this);
    }

    /// Deletes a file that no row names any more.
    ///
    /// @return false when somebody is reading it
    public boolean delete(long pack) throws IOException {
        if (!shelf.forget(pack, () -> !reader.isRead(pack))) {
            return false;
        }
        reader.forget(pack);
        shelf.delete(pack);
        return true;
    }

    @Override
    public void close() {
        if (current != null) {
            retire(current);
        }
        for (var writer = idleSpills.poll(); writer != null; writer = idleSpills.poll()) {
            retire(writer);
        }
        reader.close();
    }
}
