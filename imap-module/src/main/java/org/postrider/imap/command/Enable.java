package org.postrider.imap.command;

import java.io.IOException;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapStatus;

/// ENABLE (RFC 5161 §3.1). No extension here waits to be enabled.
final class Enable {

    ImapStatus run(ImapSession session) throws IOException {
        session.out().text("* ENABLED").crlf();
        return ImapStatus.ok("Nothing had to be enabled");
    }
}
