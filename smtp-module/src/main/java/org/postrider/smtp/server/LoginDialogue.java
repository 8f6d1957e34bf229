package org.postrider.smtp.server;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postrider.smtp.wire.SmtpReply;
import org.postrider.transport.Connection;
import org.postrider.transport.LineFault;
import org.postrider.transport.LineRefused;
import org.postrider.transport.sasl.Identity;
import org.postrider.transport.sasl.Sasl;
import org.postrider.transport.sasl.SaslDialogue;
import org.postrider.transport.sasl.SaslExchange;

/// AUTH from the command to its answer (RFC 4954 §4).
final class LoginDialogue {

    /// What came out.
    sealed interface Result {

        record LoggedIn(Identity identity) implements Result {}

        /// @param counts whether it was an attempt with a wrong name or password
        record Failed(SmtpReply reply, boolean counts) implements Result {}
    }

    private final Connection connection;
    private final Sasl sasl;
    private final SmtpLimits limits;

    LoginDialogue(Connection connection, Sasl sasl, SmtpLimits limits) {
        this.connection = connection;
        this.sasl = sasl;
        this.limits = limits;
    }

    Result run(String mechanism, @Nullable String initialResponse) throws IOException {
        var exchange = sasl.begin(mechanism, connection);
        if (exchange.isEmpty()) {
            return failed(504, 5, 4, "Mechanism not offered");
        }
        if (initialResponse == null) {
            return converse(exchange.get(), Optional.empty());
        }
        var octets = SaslDialogue.initialResponse(initialResponse);
        return octets.isEmpty() ? notBase64() : converse(exchange.get(), octets);
    }

    private Result converse(SaslExchange exchange, Optional<byte[]> initial) throws IOException {
        connection.expect(limits.loginLine(), limits.silence());
        try {
            return result(SaslDialogue.run(exchange, initial, this::ask));
        } catch (LineRefused refused) {
            return refused.fault() == LineFault.TOO_LONG
                    ? failed(500, 5, 6, "Line too long for a login")
                    : notBase64();
        } finally {
            connection.expect(limits.commandLine(), limits.silence());
        }
    }

    private byte[] ask(String challenge) throws IOException {
        connection.write("334 " + challenge + "\r\n");
        return connection.readLine();
    }

    private static Result result(SaslDialogue.Result end) {
        return switch (end) {
            case SaslDialogue.Result.LoggedIn(var identity) -> new Result.LoggedIn(identity);
            case SaslDialogue.Result.Rejected() ->
                    new Result.Failed(
                            SmtpReply.of(535, 7, 8, "Name or password not accepted"), true);
            case SaslDialogue.Result.Malformed() ->
                    failed(501, 5, 2, "Not a response of this mechanism");
            case SaslDialogue.Result.NotBase64() -> notBase64();
            case SaslDialogue.Result.Cancelled() -> failed(501, 7, 0, "Login cancelled");
            case SaslDialogue.Result.Unavailable() ->
                    failed(454, 7, 0, "Login is not possible at the moment");
        };
    }

    private static Result notBase64() {
        return failed(501, 5, 2, "Not base64");
    }

    private static Result failed(int code, int subject, int detail, String text) {
        return new Result.Failed(SmtpReply.of(code, subject, detail, text), false);
    }
}
