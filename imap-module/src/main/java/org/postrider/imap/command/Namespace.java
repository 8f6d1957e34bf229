package org.postrider.imap.command;

import java.io.IOException;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapStatus;

/// NAMESPACE (RFC 2342 §5): everybody's own mailboxes, at the top; nothing of others.
final class Namespace {

    ImapStatus run(ImapSession session) throws IOException {
        session.out().text("* NAMESPACE ((\"\" \"/\")) NIL NIL").crlf();
        return ImapStatus.ok("That is all");
    }
}
