package org.postrider.imap.command;

import java.io.IOException;
import java.util.List;
import org.postrider.imap.wire.ImapWriter;
import org.postrider.storage.message.Envelope;
import org.postrider.storage.message.Envelope.Address;

/// Writes the envelope structure (RFC 3501 §7.4.2 ENVELOPE).
final class EnvelopeWriter {

    private EnvelopeWriter() {}

    static void write(ImapWriter out, Envelope envelope) throws IOException {
        out.octet('(').nstring(envelope.date());
        out.space().nstring(envelope.subject());
        addresses(out.space(), envelope.from());
        addresses(out.space(), envelope.sender());
        addresses(out.space(), envelope.replyTo());
        addresses(out.space(), envelope.to());
        addresses(out.space(), envelope.cc());
        addresses(out.space(), envelope.bcc());
        out.space().nstring(envelope.inReplyTo());
        out.space().nstring(envelope.messageId()).octet(')');
    }

    private static void addresses(ImapWriter out, List<Address> addresses) throws IOException {
        if (addresses.isEmpty()) {
            out.nil();
            return;
        }
        out.octet('(');
        for (var address : addresses) {
            out.octet('(').nstring(address.name());
            out.space().nstring(address.route());
            out.space().nstring(address.mailbox());
            out.space().nstring(address.host()).octet(')');
        }
        out.octet(')');
    }
}
