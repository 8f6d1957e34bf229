package org.postrider.transport.sasl;

/// One SASL exchange on the server's side (RFC 4422 §3). Base64 and the protocol's own framing are
/// outside; the octets here are bare.
public interface SaslExchange {

    /// Takes the client's next response. The first call takes the initial response; an exchange
    /// whose client sent none is begun with [#begin].
    Step respond(byte[] response);

    /// Begins an exchange without an initial response.
    Step begin();

    /// What comes next.
    sealed interface Step {
        /// Send this challenge and wait for a response.
        record Challenge(byte[] octets) implements Step {}

        record Success(Identity identity) implements Step {}

        /// Name or password wrong.
        record Rejected() implements Step {}

        /// The client's response does not follow the mechanism.
        record Malformed() implements Step {}

        record Unavailable() implements Step {}

        /// Send this as a challenge, too, because it says why it comes to nothing; whatever the
        /// client answers, that is its end.
        record LastWord(byte[] octets, Step end) implements Step {}
    }
}
