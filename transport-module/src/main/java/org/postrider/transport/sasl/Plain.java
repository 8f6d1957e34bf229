package org.postrider.transport.sasl;

import java.util.Optional;
import org.postrider.transport.sasl.SaslExchange.Step;

/// PLAIN (RFC 4616): one response of an identity to act as, a name and a password, with NULs
/// between. Nobody may act as another here, so the first is empty or equals the second.
record Plain() implements Mechanism {

    @Override
    public String name() {
        return "PLAIN";
    }

    @Override
    public SaslExchange exchange(Check check) {
        return new SaslExchange() {
            @Override
            public Step begin() {
                return new Step.Challenge(new byte[0]);
            }

            @Override
            public Step respond(byte[] response) {
                return answer(response, check);
            }
        };
    }

    private static Step answer(byte[] response, Check check) {
        int first = nul(response, 0);
        int second = nul(response, first + 1);
        if (first < 0 || second < 0) {
            return new Step.Malformed();
        }
        Optional<String> name = Credential.read(response, first + 1, second);
        Optional<String> password = Credential.read(response, second + 1, response.length);
        if (name.isEmpty() || password.isEmpty()) {
            return new Step.Malformed();
        }
        if (first > 0) {
            Optional<String> actAs = Credential.read(response, 0, first);
            if (actAs.isEmpty()) {
                return new Step.Malformed();
            }
            if (!actAs.equals(name)) {
                return new Step.Rejected();
            }
        }
        return check.step(name.get(), password.get());
    }

    private static int nul(byte[] response, int from) {
        for (int i = from; i < response.length; i++) {
            if (response[i] == 0) {
                return i;
            }
        }
        return -1;
    }
}
