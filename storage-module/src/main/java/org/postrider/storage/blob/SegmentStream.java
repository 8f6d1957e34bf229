package org.postrider.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Octets of one record in a segment, as they are stored. Who reads a record from its first octet
/// to its last has it compared with its checksum.
final class SegmentStream extends PieceStream {

    private static final int MOST_AT_ONCE = 64 << 10;

    private final SegmentReader reader;
    private final BodyPlace place;
    private final long end;
    private final CRC32C checksum = new CRC32C();

    private long at;
    private boolean closed;
    private byte[] buffer = new byte[0];
    private ByteBuffer first = ByteBuffer.allocate(0);
    private SegmentFormat.@Nullable Header header;

    SegmentStream(SegmentReader reader, BodyPlace place, long offset, long length)
            throws IOException {
        this.reader = reader;
        this.place = place;
        this.at = Math.min(offset, place.stored());
        this.end = Math.min(place.stored(), at + Math.max(0, length));
        reader.begin(place.pack());
        try {
            if (at == 0) {
                begin();
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reader.end(place.pack());
        }
    }

    /// Reads the record's header and the first octets at once.
    private void begin() throws IOException {
        int count = (int) Math.min(MOST_AT_ONCE, end);
        var octets = new byte[SegmentFormat.RECORD_HEADER + count];
        readFully(place.offset(), octets);
        first = ByteBuffer.wrap(octets);
        var found = SegmentFormat.header(first);
        if (found.isEmpty() || !found.get().isOf(place)) {
            throw new DamagedBody(place);
        }
        header = end == place.stored() ? found.get() : null;
        counted(octets, SegmentFormat.RECORD_HEADER);
    }

    @Override
    protected ByteBuffer next() throws IOException {
        if (first.hasRemaining()) {
            var octets = first;
            first = ByteBuffer.allocate(0);
            return octets;
        }
        int count = (int) Math.min(MOST_AT_ONCE, end - at);
        if (count == 0) {
            close();
            return ByteBuffer.allocate(0);
        }
        buffer = buffer.length == count ? buffer : new byte[count];
        readFully(place.offset() + SegmentFormat.RECORD_HEADER + at, buffer);
        counted(buffer, 0);
        return ByteBuffer.wrap(buffer);
    }

    /// Takes octets into the checksum, and compares it after the last.
    private void counted(byte[] octets, int from) throws IOException {
        at += octets.length - from;
        if (header == null) {
            return;
        }
        checksum.update(octets, from, octets.length - from);
        if (at == end && !header.matches(checksum)) {
            throw new DamagedBody(place);
        }
    }

    private void readFully(long position, byte[] into) throws IOException {
        if (reader.read(place.pack(), position, into, 0, into.length) < into.length) {
            throw new DamagedBody(place);
        }
    }
}
