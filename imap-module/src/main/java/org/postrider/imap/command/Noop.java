package org.postrider.imap.command;

import org.postrider.imap.wire.ImapStatus;

/// NOOP (RFC 3501 §6.1.2): does nothing; like any command it is followed by what others did.
final class Noop {

    ImapStatus run() {
        return ImapStatus.ok("Nothing done");
    }
}
