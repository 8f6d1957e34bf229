package org.postrider.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Bodies in append-only files of a directory.
///
/// The lane appends small bodies to one file and forces it once for a group, before the group's
/// rows are committed. A large body is written by the thread that receives it, to a file that it
/// has for itself meanwhile, and is durable before it comes to the lane. A file that is full, and
/// every file of an earlier process, is only read.
///
/// A force that failed says nothing about what is on the disk, and a second one may succeed without
/// having written it: after the first failure nothing is accepted any more.
public final class SegmentBodies implements BodyStore {

    private final Path directory;
    private final SegmentFiles files;
    private final long segmentOctets;
    private final AtomicLong lastNumber;
    private final SegmentReader reader;
    private final ConcurrentLinkedDeque<SegmentWriter> idleSpills = new ConcurrentLinkedDeque<>();

    private @Nullable SegmentWriter current;
    private volatile @Nullable IOException failure;

    private SegmentBodies(Path directory, SegmentFiles files, long segmentOctets, long lastNumber) {
        this.directory = directory;
        this.files = files;
        this.segmentOctets = segmentOctets;
        this.lastNumber = new AtomicLong(lastNumber);
        this.reader = new SegmentReader(directory);
    }

    public static SegmentBodies open(Path directory, SegmentFiles files, long segmentOctets)
            throws IOException {
        Files.createDirectories(directory);
        try (var names = Files.list(directory)) {
            long last =
                    names.map(path -> path.getFileName().toString())
                            .filter(name -> name.matches("\\d{12}\\.seg"))
                            .mapToLong(name -> Long.parseLong(name.substring(0, 12)))
                            .max()
                            .orElse(0);
            return new SegmentBodies(directory, files, segmentOctets, last);
        }
    }

    @Override
    public void persist(List<StagedBody> group, Supplier<List<SegmentNote>> notes)
            throws IOException {
        refuseAfterFailure();
        boolean appended = false;
        try {
            for (var body : group) {
                if (body.place().isEmpty()) {
                    body.placed(append(body));
                    appended = true;
                }
            }
            for (var note : notes.get()) {
                writer().append(note.type(), note.octets());
                appended = true;
            }
            if (appended && current != null) {
                current.force();
            }
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private BodyPlace append(StagedBody body) throws IOException {
        var octets =
                body.octets().orElseThrow(() -> new IllegalStateException("a body without octets"));
        return writer().append(body.form(), octets);
    }

    /// The segment to which the lane appends.
    private SegmentWriter writer() throws IOException {
        var writer = current;
        if (writer != null && writer.end() >= segmentOctets) {
            writer.force();
            writer.close();
            writer = null;
        }
        if (writer == null) {
            writer = newSegment();
            current = writer;
        }
        return writer;
    }

    private SegmentWriter newSegment() throws IOException {
        return SegmentWriter.create(files, directory, lastNumber.incrementAndGet());
    }

    private void refuseAfterFailure() throws IOException {
        var first = failure;
        if (first != null) {
            throw new IOException("writing bodies failed before; restart the server", first);
        }
    }

    // ---- large bodies

    @Override
    public Spill spill(RecordType type) throws IOException {
        refuseAfterFailure();
        var writer = idleSpills.poll();
        return new SegmentSpill(type, writer == null ? newSegment() : writer);
    }

    private final class SegmentSpill implements Spill {
        private final RecordType type;
        private final SegmentWriter writer;
        private final long start;
        private final CRC32C checksum = new CRC32C();
        private long length;
        private boolean ended;

        SegmentSpill(RecordType type, SegmentWriter writer) throws IOException {
            this.type = type;
            this.writer = writer;
            this.start = writer.begin();
        }

        @Override
        public void write(byte[] octets, int offset, int count) throws IOException {
            checksum.update(octets, offset, count);
            writer.put(ByteBuffer.wrap(octets, offset, count));
            length += count;
        }

        @Override
        public BodyPlace finish(BodyCodec codec, int size) throws IOException {
            int stored = Math.toIntExact(length);
            var place = new BodyPlace(writer.number(), start, stored, codec, size);
            writer.complete(type, checksum, place);
            try {
                writer.force();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
            giveBack();
            return place;
        }

        @Override
        public void discard() {
            if (ended) {
                return;
            }
            try {
                writer.cut(start);
                giveBack();
            } catch (IOException e) {
                ended = true;
            }
        }

        private void giveBack() throws IOException {
            ended = true;
            if (writer.end() >= segmentOctets) {
                writer.close();
            } else {
                idleSpills.push(writer);
            }
        }
    }

    // ---- reading

    @Override
    public InputStream open(BodyPlace place, long offset, long length) throws IOException {
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
    public boolean verify(BodyPlace place, byte[] digest) throws IOException {
        return BodyDigest.matches(() -> open(place, 0, place.size()), digest);
    }

    @Override
    public void close() {
        try {
            if (current != null) {
                current.close();
            }
            for (var writer = idleSpills.poll(); writer != null; writer = idleSpills.poll()) {
                writer.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            reader.close();
        }
    }
}
