package org.postrider.imap.command;

import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapStatus;

/// UNSELECT (RFC 3691 §2): leaves the mailbox and changes nothing.
final class Unselect {

    ImapStatus run(ImapSession session) {
        session.unselect();
        return ImapStatus.ok("Mailbox left");
    }
}
