package org.postrider.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// A large body on its way into a file that the thread which receives it has for itself meanwhile.
final class SegmentSpill implements BodyStore.Spill {

    private final SegmentBodies bodies;
    private final RecordType type;
    private final SegmentWriter writer;
    private final long start;
    private final Runnable settled;
    private final CRC32C checksum = new CRC32C();

    private long length;
    private State state = State.RECEIVING;

    private enum State {
        RECEIVING,
        FINISHED,
        GONE
    }

    SegmentSpill(SegmentBodies bodies, RecordType type, SegmentWriter writer, Runnable settled)
            throws IOException {
        this.bodies = bodies;
        this.type = type;
        this.writer = writer;
        this.settled = settled;
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
        var place = new BodyPlace(writer.number(), start, Math.toIntExact(length), codec, size);
        writer.complete(type, checksum, place);
        bodies.force(writer);
        state = State.FINISHED;
        bodies.giveBack(writer);
        return place;
    }

    @Override
    public void release(boolean abandoned) {
        var before = state;
        state = State.GONE;
        switch (before) {
            case RECEIVING -> bodies.takeBack(writer, start);
            case FINISHED -> {
                if (abandoned) {
                    long end = start + SegmentFormat.RECORD_HEADER + length;
                    bodies.takeBackIfLast(writer, start, end);
                }
            }
            case GONE -> {
                return;
            }
        }
        settled.run();
    }
}
