package org.postrider.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

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

    /// Where the next octet goes.
    long end() {
        return drained + buffer.position();
    }

    /// Appends a whole record. It is not durable before [#force].
    BodyPlace append(byte[] octets, int length, int checksum) throws IOException {
        long start = end();
        put(SegmentFormat.recordHeader(length, checksum));
        put(ByteBuffer.wrap(octets, 0, length));
        return new BodyPlace(number, start, length);
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
    BodyPlace complete(long start, int length, int checksum) throws IOException {
        drain();
        file.write(start, SegmentFormat.recordHeader(length, checksum));
        return new BodyPlace(number, start, length);
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
