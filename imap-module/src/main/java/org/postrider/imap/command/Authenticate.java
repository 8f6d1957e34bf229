package org.postrider.imap.command;

import java.io.IOException;
import java.util.Optional;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.transport.sasl.Sasl;
import org.postrider.transport.sasl.SaslDialogue;

/// AUTHENTICATE (RFC 3501 §6.2.2, RFC 4959): a SASL exchange in lines of base64.
final class Authenticate {

    private final Sasl sasl;
    private final Capability capability;

    Authenticate(Sasl sasl, Capability capability) {
        this.sasl = sasl;
        this.capability = capability;
    }

    ImapStatus run(ImapCommand.Authenticate command, ImapSession session) throws IOException {
        var connection = session.connection();
        var begun = sasl.begin(command.mechanism(), connection);
        if (begun.isEmpty()) {
            return sasl.mechanisms(connection).isEmpty()
                    ? Login.privacyRequired()
                    : ImapStatus.no("CANNOT", "The mechanism is not offered");
        }
        Optional<byte[]> initial = Optional.empty();
        if (command.initial().isPresent()) {
            initial = SaslDialogue.initialResponse(command.initial().get());
            if (initial.isEmpty()) {
                return notBase64();
            }
        }
        var result = SaslDialogue.run(begun.get(), initial, challenge -> ask(challenge, session));
        return switch (result) {
            case SaslDialogue.Result.LoggedIn(var identity) -> {
                session.logIn(identity);
                yield ImapStatus.ok(capability.code(session), "Logged in");
            }
            case SaslDialogue.Result.Rejected() -> Login.rejected(session);
            case SaslDialogue.Result.Malformed() ->
                    ImapStatus.bad("The response does not follow the mechanism");
            case SaslDialogue.Result.NotBase64() -> notBase64();
            case SaslDialogue.Result.Cancelled() -> ImapStatus.bad("Authentication cancelled");
            case SaslDialogue.Result.Unavailable() -> Login.unavailable();
        };
    }

    private static byte[] ask(String challenge, ImapSession session) throws IOException {
        session.out().text("+ ").text(challenge).crlf().flush();
        return session.connection().readLine();
    }

    private static ImapStatus notBase64() {
        return ImapStatus.bad("The response is not base64");
    }
}
