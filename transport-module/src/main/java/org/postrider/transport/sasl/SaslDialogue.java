package org.postrider.transport.sasl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// One exchange in lines of base64, as SMTP, POP3 and IMAP all have it (RFC 4954 §4, RFC 5034 §4,
/// RFC 3501 §6.2.2): challenges and responses until it is decided, a lone `*` to give up. How a
/// challenge is framed and what the end is answered with is the protocol's.
public final class SaslDialogue {

    private static final String CANCEL = "*";
    private static final String EMPTY = "=";

    private SaslDialogue() {}

    /// Sends a challenge and waits for the client's line.
    @FunctionalInterface
    public interface Prompt {
        /// @param challenge in base64
        byte[] ask(String challenge) throws IOException;
    }

    /// How it ended.
    public sealed interface Result {

        record LoggedIn(Identity identity) implements Result {}

        /// Name or password wrong.
        record Rejected() implements Result {}

        /// A response does not follow the mechanism.
        record Malformed() implements Result {}

        record NotBase64() implements Result {}

        /// The client gave up.
        record Cancelled() implements Result {}

        record Unavailable() implements Result {}
    }

    /// The octets of an initial response; `=` stands for an empty one (RFC 4954 §4, RFC 5034 §4,
    /// RFC 4959 §3). Nothing when it is not base64.
    public static Optional<byte[]> initialResponse(String base64) {
        return decode(base64.equals(EMPTY) ? "" : base64);
    }

    /// Leads an exchange to its end.
    ///
    /// @param initial the response that came with the command, if one did
    public static Result run(SaslExchange exchange, Optional<byte[]> initial, Prompt prompt)
            throws IOException {
        var step = initial.isPresent() ? exchange.respond(initial.get()) : exchange.begin();
        while (step instanceof SaslExchange.Step.Challenge(var challenge)) {
            var line = new String(prompt.ask(encode(challenge)), StandardCharsets.ISO_8859_1);
            if (line.equals(CANCEL)) {
                return new Result.Cancelled();
            }
            var response = decode(line);
            if (response.isEmpty()) {
                return new Result.NotBase64();
            }
            step = exchange.respond(response.get());
        }
        if (step instanceof SaslExchange.Step.LastWord(var octets, var end)) {
            byte[] _ = prompt.ask(encode(octets));
            return end(end);
        }
        return end(step);
    }

    private static Result end(SaslExchange.Step last) {
        return switch (last) {
            case SaslExchange.Step.Success(var identity) -> new Result.LoggedIn(identity);
            case SaslExchange.Step.Rejected() -> new Result.Rejected();
            case SaslExchange.Step.Malformed() -> new Result.Malformed();
            case SaslExchange.Step.Unavailable() -> new Result.Unavailable();
            case SaslExchange.Step.Challenge _, SaslExchange.Step.LastWord _ ->
                    throw new IllegalStateException("the exchange has not ended");
        };
    }

    private static String encode(byte[] challenge) {
        return Base64.getEncoder().encodeToString(challenge);
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
