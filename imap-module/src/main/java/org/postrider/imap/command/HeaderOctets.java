package org.postrider.imap.command;

import java.io.IOException;
import java.util.Arrays;
import org.postrider.imap.wire.ImapLimits;
import org.postrider.storage.mailbox.StoredMessage;

/// A header as it is stored, to be taken apart in memory. Anybody can send a header as large as a
/// message may be, so only its beginning is, up to [ImapLimits#HEADER]; fields behind that are
/// found by nobody, and are there in `BODY[HEADER]`, which is not taken apart.
final class HeaderOctets {

    private HeaderOctets() {}

    /// The header between two offsets of the message, in whole lines.
    static byte[] read(StoredMessage message, long from, long to) throws IOException {
        try (var octets = message.open(from, Math.min(to - from, ImapLimits.HEADER))) {
            var header = octets.readAllBytes();
            return header.length < to - from ? wholeLines(header) : header;
        }
    }

    private static byte[] wholeLines(byte[] octets) {
        int end = octets.length;
        while (end > 0 && octets[end - 1] != '\n') {
            end--;
        }
        return Arrays.copyOf(octets, end);
    }
}
