package org.postrider.imap.command;

import java.io.IOException;
import java.util.ArrayList;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.transport.sasl.Sasl;

/// CAPABILITY (RFC 3501 §6.1.1): what this connection can do as it is now, and nothing that it
/// cannot.
final class Capability {

    private final Sasl sasl;

    Capability(Sasl sasl) {
        this.sasl = sasl;
    }

    ImapStatus run(ImapSession session) throws IOException {
        session.out().text("* ").text(code(session)).crlf();
        return ImapStatus.ok("That is all");
    }

    /// The list as a response code, which saves a client from asking.
    String code(ImapSession session) {
        return "CAPABILITY IMAP4rev1 " + (session.isLoggedIn() ? loggedIn() : notLoggedIn(session));
    }

    private static String loggedIn() {
        return "LITERAL+ ID ENABLE IDLE NAMESPACE CHILDREN SPECIAL-USE UIDPLUS UNSELECT";
    }

    /// Before login literals are taken unasked only when they are small (RFC 7888 §5).
    private String notLoggedIn(ImapSession session) {
        var words = new ArrayList<String>();
        words.add("LITERAL-");
        words.add("ID");
        words.add("IDLE");
        words.add("SASL-IR");
        var connection = session.connection();
        if (connection.canStartTls()) {
            words.add("STARTTLS");
        }
        if (!sasl.passwordsAllowed(connection)) {
            words.add("LOGINDISABLED");
        }
        sasl.mechanisms(connection).forEach(name -> words.add("AUTH=" + name));
        return String.join(" ", words);
    }
}
