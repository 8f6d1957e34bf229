package org.postrider.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Octets of one body in a segment. Who reads a body from its first octet to its last has it
/// compared with its checksum.
final class SegmentStream extends InputStream {

    private static final int MOST_AT_ONCE = 64 << 10;

    private final SegmentReader reader;
    private final BodyPlace place;
    private final long end;
    private final int expected;
    private final @Nullable CRC32C checksum;

    private long at;
    private byte[] buffer = new byte[0];
    private int used;

    SegmentStream(SegmentReader reader, BodyPlace place, long offset, long length)
            throws IOException {
        this.reader = reader;
        this.place = place;
        this.at = Math.min(offset, place.length());
        this.end = Math.min(place.length(), at + Math.max(0, length));
        this.checksum = at == 0 && end == place.length() ? new CRC32C() : null;
        this.expected = at == 0 ? begin() : 0;
        compareAtEnd();
    }

    /// Reads the record's header and the first octets at once.
    ///
    /// @return the checksum in the header
    private int begin() throws IOException {
        int count = (int) Math.min(MOST_AT_ONCE, end);
        var next = new byte[SegmentFormat.RECORD_HEADER + count];
        readFully(place.offset(), next);
        take(next, SegmentFormat.RECORD_HEADER);
        return SegmentFormat.checksum(ByteBuffer.wrap(next), place);
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
        int count = (int) Math.min(MOST_AT_ONCE, end - at);
        var next = buffer.length == count ? buffer : new byte[count];
        readFully(place.offset() + SegmentFormat.RECORD_HEADER + at, next);
        take(next, 0);
        compareAtEnd();
        return true;
    }

    /// Makes these the octets that are served next.
    private void take(byte[] next, int from) {
        buffer = next;
        used = from;
        at += next.length - from;
        if (checksum != null) {
            checksum.update(next, from, next.length - from);
        }
    }

    private void readFully(long position, byte[] into) throws IOException {
        if (reader.read(place.pack(), position, into, 0, into.length) < into.length) {
            throw new DamagedBody(place);
        }
    }

    private void compareAtEnd() throws IOException {
        if (checksum != null && at == end && (int) checksum.getValue() != expected) {
            throw new DamagedBody(place);
        }
    }
}
