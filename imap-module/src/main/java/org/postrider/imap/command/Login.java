package org.postrider.imap.command;

import java.io.IOException;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.transport.sasl.Authenticator.Verdict;
import org.postrider.transport.sasl.Sasl;

/// LOGIN (RFC 3501 §6.2.3): a name and a password in clear text, so only where that is allowed.
final class Login {

    private final Sasl sasl;
    private final Capability capability;

    Login(Sasl sasl, Capability capability) {
        this.sasl = sasl;
        this.capability = capability;
    }

    ImapStatus run(ImapCommand.Login command, ImapSession session) throws IOException {
        var connection = session.connection();
        if (!sasl.passwordsAllowed(connection)) {
            return privacyRequired();
        }
        return switch (sasl.verify(command.user(), command.password(), connection)) {
            case Verdict.Accepted(var identity) -> {
                session.logIn(identity);
                yield ImapStatus.ok(capability.code(session), "Logged in");
            }
            case Verdict.Rejected _ -> rejected(session);
            case Verdict.Unavailable _ -> unavailable();
        };
    }

    static ImapStatus privacyRequired() {
        return ImapStatus.no("PRIVACYREQUIRED", "Passwords are taken over TLS only");
    }

    static ImapStatus rejected(ImapSession session) throws IOException {
        session.loginFailed();
        return ImapStatus.no("AUTHENTICATIONFAILED", "Name or password is wrong");
    }

    static ImapStatus unavailable() {
        return ImapStatus.no("UNAVAILABLE", "Nobody can log in at the moment");
    }
}
