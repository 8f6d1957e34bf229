package org.postrider.imap.command;

import java.io.IOException;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapStatus;

/// LOGOUT (RFC 3501 §6.1.3).
final class Logout {

    ImapStatus run(ImapSession session) throws IOException {
        session.unselect();
        session.out().untagged(ImapStatus.bye("Logging out"));
        session.end();
        return ImapStatus.ok("Logged out");
    }
}
