package org.postrider.imap.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.SyntaxError;
import org.postrider.transport.sasl.Sasl;
import org.postrider.transport.sasl.SaslExchange;
import org.postrider.transport.sasl.SaslExchange.Step;

/// AUTHENTICATE (RFC 3501 §6.2.2, RFC 4959): a SASL exchange in lines of base64.
final class Authenticate {

    private final Sasl sasl;
    private final Capability capability;

    Authenticate(Sasl sasl, Capability capability) {
        this.sasl = sasl;
        this.capability = capability;
    }

    ImapStatus run(ImapCommand.Authenticate command, ImapSession session)
            throws IOException, SyntaxError {
        var connection = session.connection();
        var begun = sasl.begin(command.mechanism(), connection);
        if (begun.isEmpty()) {
            return sasl.mechanisms(connection).isEmpty()
                    ? Login.privacyRequired()
                    : ImapStatus.no("CANNOT", "The mechanism is not offered");
        }
        var exchange = begun.get();
        var step =
                command.initial().isPresent()
                        ? exchange.respond(octets(command.initial().get()))
                        : exchange.begin();
        while (step instanceof Step.Challenge(var challenge)) {
            step = challenged(challenge, exchange, session);
        }
        return switch (step) {
            case Step.Challenge _ -> throw new IllegalStateException("a challenge is not an end");
            case Step.Success(var identity) -> {
                session.logIn(identity);
                yield ImapStatus.ok(capability.code(session), "Logged in");
            }
            case Step.Rejected _ -> Login.rejected(session);
            case Step.Malformed _ -> ImapStatus.bad("The response does not follow the mechanism");
            case Step.Unavailable _ -> Login.unavailable();
        };
    }

    private static Step challenged(byte[] challenge, SaslExchange exchange, ImapSession session)
            throws IOException, SyntaxError {
        var out = session.out();
        out.text("+ ").octets(Base64.getEncoder().encode(challenge)).crlf().flush();
        var line = session.connection().readLine();
        var response = new String(line, StandardCharsets.ISO_8859_1);
        if (response.equals("*")) {
            throw new SyntaxError("Authentication cancelled");
        }
        return exchange.respond(octets(response));
    }

    private static byte[] octets(String base64) throws SyntaxError {
        if (base64.equals("=")) {
            return new byte[0];
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new SyntaxError("The response is not base64");
        }
    }
}
