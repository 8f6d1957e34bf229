package org.postrider.storage.jdbc;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.blob.BodySink;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.blob.StagingMemory;
import org.postrider.storage.jdbc.group.StagedMessage;
import org.postrider.storage.mailbox.Staging;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.message.MessageParser;
import org.postrider.storage.message.MetaCodec;
import org.postrider.storage.message.ThreadRefs;

/// Receives messages: makes line ends CRLF, parses and keeps the octets, in one pass and bounded
/// memory.
final class MessageStaging {

    private static final int CHUNK = 16 << 10;

    private final BodyStore bodies;
    private final StagingMemory memory;
    private final int mostInMemory;

    MessageStaging(BodyStore bodies, StagingMemory memory, int mostInMemory) {
        this.bodies = bodies;
        this.memory = memory;
        this.mostInMemory = mostInMemory;
    }

    Staging stage(InputStream octets, long limit) throws IOException {
        var sink = new BodySink(bodies, memory, mostInMemory);
        boolean kept = false;
        try {
            var parser = MessageParser.begin();
            var refusal = receive(octets, limit, sink, parser);
            if (refusal != null) {
                return refusal;
            }
            var meta = parser.finish();
            int headerOctets = (int) Math.min(parser.headerOctets(), sink.length());
            var message =
                    new StagedMessage(
                            finish(sink),
                            headerOctets,
                            MetaCodec.encode(meta),
                            ThreadRefs.of(meta));
            kept = true;
            return new Staging.Ready(message);
        } finally {
            if (!kept) {
                sink.discard();
            }
        }
    }

    private @Nullable Staging receive(
            InputStream octets, long limit, BodySink sink, MessageParser parser)
            throws IOException {
        var lines = new LineEnds();
        var buffer = new byte[CHUNK];
        for (int count = octets.read(buffer); count >= 0; count = octets.read(buffer)) {
            var normal = lines.normalise(buffer, count);
            if (lines.metNul()) {
                drain(octets, buffer);
                return new Staging.HoldsNul();
            }
            if (sink.length() + lines.length() > limit) {
                drain(octets, buffer);
                return new Staging.TooLarge();
            }
            keep(sink, normal, lines.length());
            parser.write(normal, 0, lines.length());
        }
        var last = lines.finish();
        if (sink.length() + last.length > limit) {
            return new Staging.TooLarge();
        }
        keep(sink, last, last.length);
        parser.write(last, 0, last.length);
        return null;
    }

    private static void keep(BodySink sink, byte[] octets, int count) {
        try {
            sink.write(octets, 0, count);
        } catch (IOException e) {
            throw new StoreUnavailable("the octets of a message cannot be kept", e);
        }
    }

    private static StagedBody finish(BodySink sink) {
        try {
            return sink.finish();
        } catch (IOException e) {
            throw new StoreUnavailable("the octets of a message cannot be kept", e);
        }
    }

    private static void drain(InputStream octets, byte[] buffer) throws IOException {
        int count;
        do {
            count = octets.read(buffer);
        } while (count >= 0);
    }
}
