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

    void force() throws IOException {
        drain();
        file.force();
    }

    /// Takes back everything from an offset on.
    void cut(long offset) throws IOException {
        drain();
        file.truncate(offset);
        drained = offset;
    }

    void close() throws IOException {
        file.close();
    }

    private void drain() throws IOException {
        buffer.flip();
        int count = buffer.remaining();
        if (count > 0) {
            file.write(drained, buffer);
            drained += count;
        }
        buffer.clear();
    }
}
