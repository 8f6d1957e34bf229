package org.postrider.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// A segment file being written, by one thread at a time.
final class SegmentWriter {

    private static final int BUFFER = 256 << 10;

    private final long number;
    private final SegmentFiles.File file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    /// Where the buffer's octets go.
    private long drained;

    private SegmentWriter(long number, SegmentFiles.File file) {
        this.number = number;
        this.file = file;
    }

    static SegmentWriter create(SegmentFiles files, Path directory, long number)
            throws IOException {
        var writer = new SegmentWriter(number, files.create(SegmentFormat.path(directory, number)));
        writer.put(SegmentFormat.fileHeader(number));
        return writer;
    }

    long number() {
        return number;
    }

    /// Where the next octet goes.
    long end() {
        return drained + buffer.position();
    }

    /// Appends a whole record of octets that are stored as they are. It is not durable before
    /// [#force].
    BodyPlace append(RecordType type, byte[] octets) throws IOException {
        return append(
                new StagedBody.Form(type, BodyCodec.NONE, octets.length, octets.length), octets);
    }

    /// Appends a whole record.
    ///
    /// @param payload the octets as they are stored
    BodyPlace append(StagedBody.Form form, byte[] payload) throws IOException {
        var checksum = new CRC32C();
        checksum.update(payload);
        var place = form.at(number, end());
        put(SegmentFormat.header(form.type(), checksum, place));
        put(ByteBuffer.wrap(payload));
        return place;
    }

    /// Leaves room for the header of a record whose octets follow.
    ///
    /// @return where the record begins
    long begin() throws IOException {
        long start = end();
        put(ByteBuffer.allocate(SegmentFormat.RECORD_HEADER));
        return start;
    }

    void put(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int count = Math.min(buffer.remaining(), octets.remaining());
            buffer.put(octets.slice(octets.position(), count));
            octets.position(octets.position() + count);
        }
    }

    /// Writes the header of a record whose octets are there already.
    ///
    /// @param payload has counted the octets as they are stored
    void complete(RecordType type, CRC32C payload, BodyPlace at) throws IOException {
        drain();
        file.write(at.offset(), SegmentFormat.header(type, payload, at));
    }

    /// Writes what is in the buffer, then returns when everything is on the disk.
    ///
    /// @throws ForceFailed when the disk does not confirm it
    void force() throws IOException {
        drain();
        try {
            file.force();
        } catch (IOException e) {
            throw new ForceFailed("a segment could not be forced to the disk", e);
        }
    }

    /// Takes back everything from an offset on, also after a write failed.
    void cut(long offset) throws IOException {
        if (offset >= drained) {
            buffer.limit(buffer.capacity()).position((int) (offset - drained));
        } else {
            buffer.clear();
            drained = offset;
        }
        file.truncate(drained);
    }

    /// What matters was forced before: how this ends tells nothing.
    void close() {
        try {
            file.close();
        } catch (IOException e) {
            buffer.clear();
        }
    }

    private void drain() throws IOException {
        int count = buffer.position();
        if (count > 0) {
            file.write(drained, buffer.duplicate().flip());
            drained += count;
        }
        buffer.clear();
    }
}
