package org.postrider.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Copies records that are still wanted into a new segment. What was copied is durable after
/// [#force], and is named by rows after that.
public final class SegmentCopier {

    private static final int PIECE = 64 << 10;

    private final SegmentBodies bodies;
    private @Nullable SegmentWriter target;

    SegmentCopier(SegmentBodies bodies) {
        this.bodies = bodies;
    }

    /// Copies the record that begins there.
    ///
    /// @return where the copy is
    /// @throws DamagedBody when it is not what was written
    public BodyPlace copy(long pack, long offset) throws IOException {
        var header = bodies.header(pack, offset);
        var from = header.at(pack, offset);
        var writer = writer();
        long start = writer.begin();
        try (var octets = bodies.stored(from)) {
            var checksum = new CRC32C();
            var piece = new byte[PIECE];
            for (int count = octets.read(piece); count > 0; count = octets.read(piece)) {
                checksum.update(piece, 0, count);
                writer.put(ByteBuffer.wrap(piece, 0, count));
            }
            var to = header.at(writer.number(), start);
            writer.complete(header.type(), checksum, to);
            return to;
        } catch (IOException e) {
            target = bodies.takenBack(writer, start) ? writer : null;
            throw e;
        }
    }

    /// Makes what was copied durable.
    public void force() throws IOException {
        var writer = target;
        if (writer != null) {
            bodies.force(writer);
            if (bodies.isFull(writer)) {
                close();
            }
        }
    }

    /// Adds nothing more to the segment.
    public void close() {
        var writer = target;
        target = null;
        if (writer != null) {
            bodies.retire(writer);
        }
    }

    private SegmentWriter writer() throws IOException {
        var writer = target;
        if (writer == null) {
            writer = bodies.create();
            target = writer;
        }
        return writer;
    }
}
