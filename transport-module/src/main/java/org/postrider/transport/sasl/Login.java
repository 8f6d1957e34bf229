package org.postrider.transport.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postrider.transport.sasl.SaslExchange.Step;

/// LOGIN (draft-murchison-sasl-login-00): a name and a password, each after a challenge. Obsolete,
/// and what some clients still offer first. An initial response, which the draft does not know, is
/// the name.
record Login() implements Mechanism {

    @Override
    public String name() {
        return "LOGIN";
    }

    @Override
    public SaslExchange exchange(Check check) {
        return new SaslExchange() {
            private @Nullable String name;

            @Override
            public Step begin() {
                return challenge("Username:");
            }

            @Override
            public Step respond(byte[] response) {
                Optional<String> given = Credential.read(response, 0, response.length);
                if (given.isEmpty()) {
                    return new Step.Malformed();
                }
                if (name == null) {
                    name = given.get();
                    return challenge("Password:");
                }
                return check.step(name, given.get());
            }
        };
    }

    private static Step challenge(String prompt) {
        return new Step.Challenge(prompt.getBytes(StandardCharsets.US_ASCII));
    }
}
