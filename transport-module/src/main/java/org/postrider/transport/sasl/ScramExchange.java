package org.postrider.transport.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Supplier;
import org.postrider.transport.sasl.Authenticator.Verdict;
import org.postrider.transport.sasl.ScramDirectory.Attempt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One login by SCRAM (RFC 5802 §3): the client names an account, we answer with its salt, the
/// client proves that it knows the password, and we that we know its keys.
///
/// What the client sees does not depend on whether the account exists before it has proven
/// something. A response is taken once: after anything that is wrong, the exchange is over.
final class ScramExchange implements SaslExchange {

    private static final Logger log = LoggerFactory.getLogger(ScramExchange.class);

    /// Begins a login on the connection of the exchange.
    @FunctionalInterface
    interface Start {
        Optional<Attempt> begin(String name);
    }

    private sealed interface State {
        record Begun() implements State {}

        /// The client has the salt.
        ///
        /// @param known whether the keys are the account's
        /// @param bound what the last message must be bound to
        /// @param messages the first two, bare, as the proof covers them
        record Challenged(
                Attempt attempt,
                boolean known,
                ScramKeys keys,
                String nonce,
                byte[] bound,
                String messages)
                implements State {}

        /// The client has our signature, and is content with it if it answers with nothing (RFC
        /// 5802 §5.1 `v`; none of our protocols carries it beside a success).
        record Proven(Identity identity) implements State {}

        record Over() implements State {}
    }

    private final ScramHeader header;
    private final Start start;
    private final ScramDecoys decoys;
    private final Supplier<String> nonces;

    private State state = new State.Begun();

    ScramExchange(ScramHeader header, Start start, ScramDecoys decoys, Supplier<String> nonces) {
        this.header = header;
        this.start = start;
        this.decoys = decoys;
        this.nonces = nonces;
    }

    @Override
    public Step begin() {
        return new Step.Challenge(new byte[0]);
    }

    @Override
    public Step respond(byte[] response) {
        var now = state;
        state = new State.Over();
        return switch (now) {
            case State.Begun() -> first(response);
            case State.Challenged challenged -> last(response, challenged);
            case State.Proven(var identity) ->
                    response.length == 0 ? new Step.Success(identity) : new Step.Malformed();
            case State.Over() -> new Step.Malformed();
        };
    }

    private Step first(byte[] response) {
        return switch (ScramClientFirst.read(response)) {
            case ScramReading.Unreadable(var error) -> refuse(error);
            case ScramReading.Read(var first) ->
                    header.fault(first).map(this::refuse).orElseGet(() -> find(first));
        };
    }

    private Step find(ScramClientFirst first) {
        var prepared = SaslPrep.query(first.name());
        if (prepared.isEmpty()) {
            return refuse(ScramError.INVALID_USERNAME_ENCODING);
        }
        return start.begin(prepared.get())
                .map(attempt -> challenge(first, attempt))
                .orElse(new Step.Unavailable());
    }

    /// Makes up keys in any case, so that it costs the same.
    private Step challenge(ScramClientFirst first, Attempt attempt) {
        var decoy = decoys.keys(attempt.canonicalName());
        var kept = attempt.keys();
        var keys = kept.orElse(decoy);
        var nonce = first.nonce() + nonces.get();
        var salt = StrictBase64.encode(keys.salt());
        var challenge = "r=" + nonce + ",s=" + salt + ",i=" + keys.iterations();
        state =
                new State.Challenged(
                        attempt,
                        kept.isPresent(),
                        keys,
                        nonce,
                        header.bound(first),
                        first.bare() + "," + challenge);
        return say(challenge);
    }

    private Step last(byte[] response, State.Challenged challenged) {
        return switch (ScramClientFinal.read(response)) {
            case ScramReading.Unreadable(var error) -> refuse(error);
            case ScramReading.Read(var last) -> last(last, challenged);
        };
    }

    private Step last(ScramClientFinal last, State.Challenged challenged) {
        if (!MessageDigest.isEqual(octets(last.nonce()), octets(challenged.nonce()))) {
            return refuse(ScramError.OTHER_ERROR);
        }
        if (!MessageDigest.isEqual(last.binding(), challenged.bound())) {
            return refuse(ScramError.CHANNEL_BINDINGS_DONT_MATCH);
        }
        var authMessage = challenged.messages() + "," + last.withoutProof();
        var attempt = challenged.attempt();
        boolean right = challenged.keys().proves(last.proof(), authMessage);
        boolean proven = right && challenged.known();
        return switch (attempt.conclude(proven)) {
            case Verdict.Accepted(var identity) -> {
                if (!proven) {
                    throw new IllegalStateException("a login accepted without proof");
                }
                state = new State.Proven(identity);
                var signature = challenged.keys().serverSignature(authMessage);
                yield say("v=" + StrictBase64.encode(signature));
            }
            case Verdict.Rejected() -> ScramError.INVALID_PROOF.told();
            case Verdict.Unavailable() -> new Step.Unavailable();
        };
    }

    /// What is no guess at a password, and so does not count as one.
    private Step refuse(ScramError error) {
        log.info("login by SCRAM refused: {}", error);
        return error.told();
    }

    private static Step say(String message) {
        return new Step.Challenge(octets(message));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
