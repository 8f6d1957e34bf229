package org.postrider.imap.command;

import org.postrider.imap.wire.ImapStatus;

/// CHECK (RFC 3501 §6.4.1): asks for a checkpoint. Everything acknowledged is durable already.
final class Check {

    ImapStatus run() {
        return ImapStatus.ok("Everything is kept");
    }
}
