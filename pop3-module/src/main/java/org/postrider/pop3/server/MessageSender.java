package org.postrider.pop3.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.postrider.pop3.session.OpenMaildrop;
import org.postrider.pop3.wire.DotStuffer;
import org.postrider.pop3.wire.HeadCut;
import org.postrider.pop3.wire.MessageNumber;
import org.postrider.pop3.wire.Pop3Reply;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.transport.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends one stored message as a multi-line reply, block by block as it is read.
///
/// The first block is read before `+OK` is written, so a message that cannot be read is a plain
/// refusal. When reading fails later, the connection ends without the line that would tell the
/// client that it has the whole message.
final class MessageSender {

    private static final Logger log = LoggerFactory.getLogger(MessageSender.class);

    private static final int BLOCK = 16_384;

    private final Connection connection;
    private final Messages messages;
    private final ReadAhead ahead;
    private final byte[] block = new byte[BLOCK];
    private boolean begun;

    MessageSender(Connection connection, Messages messages, ReadAhead ahead) {
        this.connection = connection;
        this.messages = messages;
        this.ahead = ahead;
    }

    enum Result {
        SENT,
        /// The store has the message no longer; nothing was written.
        GONE
    }

    /// RETR.
    Result whole(MessageNumber number, OpenMaildrop maildrop) throws IOException {
        var ready = ahead.take(number, maildrop);
        if (ready != null) {
            copyWhole(new ByteArrayInputStream(ready), ready.length);
            return Result.SENT;
        }
        return send(number, maildrop, this::copyWhole);
    }

    /// TOP.
    Result head(MessageNumber number, long lines, OpenMaildrop maildrop) throws IOException {
        return send(number, maildrop, message -> copyHead(message, new HeadCut(lines)));
    }

    private Result send(MessageNumber number, OpenMaildrop maildrop, Messages.Reader reader)
            throws IOException {
        long uid = maildrop.uid(number);
        try {
            messages.read(maildrop.mailbox(), UidSet.of(uid), Messages.Extent.OCTETS, reader);
        } catch (StoreUnavailable e) {
            if (begun) {
                log.warn("message {} breaks off: {}", uid, e.toString());
                throw new IOException("message " + uid + " breaks off", e);
            }
            throw e;
        }
        return begun ? Result.SENT : Result.GONE;
    }

    private void copyWhole(StoredMessage message) throws IOException {
        try (var octets = message.open()) {
            copyWhole(octets, message.octets());
        }
    }

    private void copyWhole(InputStream octets, long size) throws IOException {
        var reply = new DotStuffer(connection::write);
        int read = read(octets);
        begin(size + " octets");
        long sent = 0;
        while (read > 0) {
            reply.write(block, 0, read);
            sent += read;
            read = read(octets);
        }
        if (sent != size) {
            throw new StoreUnavailable("message of " + size + " octets ends after " + sent);
        }
        reply.end();
    }

    private void copyHead(StoredMessage message, HeadCut cut) throws IOException {
        try (var octets = message.open()) {
            var reply = new DotStuffer(connection::write);
            int read = read(octets);
            begin("the top of the message");
            while (read > 0 && !cut.complete()) {
                reply.write(block, 0, cut.take(block, read));
                read = cut.complete() ? 0 : read(octets);
            }
            reply.end();
        }
    }

    private void begin(String text) throws IOException {
        connection.write(Pop3Reply.ok(text).line());
        begun = true;
    }

    /// Reads a block; a failure here is the store's and not the client's.
    private int read(InputStream octets) {
        try {
            return octets.read(block, 0, BLOCK);
        } catch (IOException e) {
            throw new StoreUnavailable("the octets of a message cannot be read", e);
        }
    }
}
