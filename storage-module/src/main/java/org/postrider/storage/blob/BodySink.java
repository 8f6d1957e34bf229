package org.postrider.storage.blob;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Receives the octets of a body: into memory while they are few, then to disk. A text is not
/// deflated: searches read many.
public final class BodySink {

    private static final int FIRST_BUFFER = 8 << 10;

    private final RecordType type;
    private final BodyStore store;
    private final StagingMemory memory;
    private final int mostInMemory;
    private final MessageDigest digest = BodyDigest.begin();

    private byte[] buffer = new byte[0];
    private int reserved;
    private long length;
    private @Nullable SpillWriter spill;

    /// For the body of a message.
    public BodySink(BodyStore store, StagingMemory memory, int mostInMemory) {
        this(RecordType.BODY, store, memory, mostInMemory);
    }

    public BodySink(RecordType type, BodyStore store, StagingMemory memory, int mostInMemory) {
        this.type = type;
        this.store = store;
        this.memory = memory;
        this.mostInMemory = mostInMemory;
    }

    public long length() {
        return length;
    }

    public void write(byte[] octets, int offset, int count) throws IOException {
        digest.update(octets, offset, count);
        if (spill == null && !fits(count)) {
            spill = new SpillWriter(store.spill(type), memory);
            spill.write(buffer, 0, (int) length);
            forgetBuffer();
        }
        if (spill == null) {
            System.arraycopy(octets, offset, buffer, (int) length, count);
        } else {
            spill.write(octets, offset, count);
        }
        length += count;
        if (length > Integer.MAX_VALUE) {
            throw new IOException("a message of more than 2 GB");
        }
    }

    public StagedBody finish() throws IOException {
        if (spill != null) {
            var place = spill.finish();
            var form = new StagedBody.Form(type, place.codec(), place.stored(), place.size());
            return new StagedBody(form, digest.digest(), spill.spill(), place);
        }
        int size = (int) length;
        int deflated = type == RecordType.TEXT ? -1 : BlockDeflater.inPlace(buffer, size);
        var codec = deflated < 0 ? BodyCodec.NONE : BodyCodec.DEFLATE;
        var form = new StagedBody.Form(type, codec, deflated < 0 ? size : deflated, size);
        if (deflated >= 0) {
            shrink(deflated);
        }
        return new StagedBody(form, digest.digest(), buffer, memory, reserved);
    }

    private void shrink(int to) {
        buffer = Arrays.copyOf(buffer, to);
        memory.giveBack(reserved - to);
        reserved = to;
    }

    /// Gives everything back.
    public void discard() {
        forgetBuffer();
        if (spill != null) {
            spill.discard();
        }
    }

    private boolean fits(int count) {
        long wanted = length + count;
        if (wanted > mostInMemory) {
            return false;
        }
        if (wanted <= buffer.length) {
            return true;
        }
        int room = Math.max(FIRST_BUFFER, buffer.length);
        while (room < wanted) {
            room *= 2;
        }
        room = Math.min(room, mostInMemory);
        if (!memory.take(room - reserved)) {
            return false;
        }
        reserved = room;
        buffer = Arrays.copyOf(buffer, room);
        return true;
    }

    private void forgetBuffer() {
        buffer = new byte[0];
        memory.giveBack(reserved);
        reserved = 0;
    }
}
