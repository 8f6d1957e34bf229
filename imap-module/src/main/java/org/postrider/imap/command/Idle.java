package org.postrider.imap.command;

import java.io.IOException;
import org.postrider.imap.session.ImapSession;

/// IDLE (RFC 2177 §3): from here to DONE the client is told what happens as it happens. It is a
/// state of the session: no thread waits.
final class Idle {

    Completion run(ImapSession session) throws IOException {
        session.out().text("+ idling").crlf();
        session.idle();
        return new Completion.Unfinished();
    }
}
