package org.postrider.imap.command;

import java.io.IOException;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapStatus;

/// STARTTLS (RFC 3501 §6.2.1). Whoever sends something after it in clear text could be somebody
/// between the client and us, so the connection ends then.
final class StartTls {

    Completion run(ImapSession session) throws IOException {
        var connection = session.connection();
        if (!connection.canStartTls()) {
            return new Completion.Answer(ImapStatus.bad("TLS is not available"));
        }
        session.out().flush();
        var reply = ImapStatus.ok("Begin TLS negotiation now");
        if (connection.startTls(session.tag() + " " + reply + "\r\n")) {
            return new Completion.Answered();
        }
        session.out().untagged(ImapStatus.bye("There was text after STARTTLS"));
        session.end();
        return new Completion.Answer(ImapStatus.bad("Nothing may follow STARTTLS"));
    }
}
