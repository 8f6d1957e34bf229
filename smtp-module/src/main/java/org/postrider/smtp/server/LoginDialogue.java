package org.postrider.smtp.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postrider.smtp.wire.SmtpReply;
import org.postrider.transport.Connection;
import org.postrider.transport.LineFault;
import org.postrider.transport.LineRefused;
import org.postrider.transport.sasl.Identity;
import org.postrider.transport.sasl.Sasl;
import org.postrider.transport.sasl.SaslExchange;
import org.postrider.transport.sasl.SaslExchange.Step;

/// AUTH from the command to its answer (RFC 4954 §4): challenges and responses in base64, a lone
/// `*` to give up.
final class LoginDialogue {

    private static final String CANCEL = "*";

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
            return converse(exchange.get(), exchange.get().begin());
        }
        // A lone "=" is a response that is there and empty (RFC 4954 §4).
        var response = "=".equals(initialResponse) ? "" : initialResponse;
        var octets = decode(response);
        return octets.isEmpty()
                ? notBase64()
                : converse(exchange.get(), exchange.get().respond(octets.get()));
    }

    private Result converse(SaslExchange exchange, Step first) throws IOException {
        connection.expect(limits.loginLine(), limits.silence());
        try {
            var step = first;
            while (step instanceof Step.Challenge(var challenge)) {
                var line = ask(challenge);
                if (CANCEL.equals(line)) {
                    return failed(501, 7, 0, "Login cancelled");
                }
                var octets = decode(line);
                if (octets.isEmpty()) {
                    return notBase64();
                }
                step = exchange.respond(octets.get());
            }
            return result(step);
        } catch (LineRefused refused) {
            return refused.fault() == LineFault.TOO_LONG
                    ? failed(500, 5, 6, "Line too long for a login")
                    : notBase64();
        } finally {
            connection.expect(limits.commandLine(), limits.silence());
        }
    }

    private String ask(byte[] challenge) throws IOException {
        connection.write("334 " + Base64.getEncoder().encodeToString(challenge) + "\r\n");
        return new String(connection.readLine(), StandardCharsets.ISO_8859_1);
    }

    private static Result result(Step last) {
        return switch (last) {
            case Step.Success(var identity) -> new Result.LoggedIn(identity);
            case Step.Rejected() ->
                    new Result.Failed(
                            SmtpReply.of(535, 7, 8, "Name or password not accepted"), true);
            case Step.Malformed() -> failed(501, 5, 2, "Not a response of this mechanism");
            case Step.Unavailable() -> failed(454, 7, 0, "Login is not possible at the moment");
            case Step.Challenge _ -> throw new IllegalStateException("the exchange goes on");
        };
    }

    private static Result notBase64() {
        return failed(501, 5, 2, "Not base64");
    }

    private static Result failed(int code, int subject, int detail, String text) {
        return new Result.Failed(SmtpReply.of(code, subject, detail, text), false);
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
