package org.postrider.imap.command;

import java.io.IOException;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapStatus;

/// ID (RFC 2971 §3.1): the server's name. Not its version, which only helps attackers.
final class Id {

    ImapStatus run(ImapSession session) throws IOException {
        session.out().text("* ID (\"name\" \"Postrider\")").crlf();
        return ImapStatus.ok("That is all");
    }
}
