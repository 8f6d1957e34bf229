package org.postrider.transport.sasl;

import java.nio.charset.StandardCharsets;
import org.postrider.transport.sasl.SaslExchange.Step;

/// Why a SCRAM exchange fails, as the client is told in the last message of the server (RFC 5802
/// §7).
///
/// All of these can be told to anybody: they follow from what the client sent and from the
/// connection. What would follow from an account (`unknown-user`) has no place here; an unknown
/// name ends with [#INVALID_PROOF] as a wrong password does.
enum ScramError {
    /// Not the message that has to come here.
    INVALID_ENCODING("invalid-encoding", true),
    INVALID_USERNAME_ENCODING("invalid-username-encoding", true),
    /// `m=`, which is there for extensions that change the meaning of a message.
    EXTENSIONS_NOT_SUPPORTED("extensions-not-supported", false),
    /// The client binds under the name of the mechanism that does not.
    CHANNEL_BINDING_NOT_SUPPORTED("channel-binding-not-supported", false),
    UNSUPPORTED_CHANNEL_BINDING_TYPE("unsupported-channel-binding-type", false),
    /// The client could bind and was not offered it, though we did: somebody took it out.
    SERVER_DOES_SUPPORT_CHANNEL_BINDING("server-does-support-channel-binding", false),
    /// The client has another TLS session than we, or wrote another header than at first.
    CHANNEL_BINDINGS_DONT_MATCH("channel-bindings-dont-match", false),
    INVALID_PROOF("invalid-proof", false),
    OTHER_ERROR("other-error", false);

    private final String value;

    /// Whether it does not follow the mechanism; otherwise it follows it to no good.
    private final boolean malformed;

    ScramError(String value, boolean malformed) {
        this.value = value;
        this.malformed = malformed;
    }

    Step told() {
        var end = malformed ? new Step.Malformed() : new Step.Rejected();
        return new Step.LastWord(("e=" + value).getBytes(StandardCharsets.US_ASCII), end);
    }

    @Override
    public String toString() {
        return value;
    }
}
