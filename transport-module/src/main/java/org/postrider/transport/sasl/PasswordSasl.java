package org.postrider.transport.sasl;

import java.util.List;
import java.util.Optional;
import org.postrider.transport.Connection;

/// The mechanisms that carry a password, offered where the listener's policy allows passwords to
/// cross the network as they are.
public final class PasswordSasl implements Sasl {

    private static final List<Mechanism> MECHANISMS = List.of(new Plain(), new Login());
    private static final List<String> NAMES = MECHANISMS.stream().map(Mechanism::name).toList();

    private final Authenticator authenticator;
    private final PlainTextLogin policy;

    public PasswordSasl(Authenticator authenticator, PlainTextLogin policy) {
        this.authenticator = authenticator;
        this.policy = policy;
    }

    @Override
    public List<String> mechanisms(Connection connection) {
        return policy.allowed(connection) ? NAMES : List.of();
    }

    @Override
    public Optional<SaslExchange> begin(String mechanism, Connection connection) {
        if (!policy.allowed(connection)) {
            return Optional.empty();
        }
        return MECHANISMS.stream()
                .filter(offered -> offered.name().equalsIgnoreCase(mechanism))
                .findFirst()
                .map(offered ->
                        offered.exchange((name, password) ->
                                authenticator.verify(name, password, connection)));
    }

    @Override
    public boolean passwordsAllowed(Connection connection) {
        return policy.allowed(connection);
    }

    @Override
    public Authenticator.Verdict verify(String name, String password, Connection connection) {
        if (!policy.allowed(connection)) {
            return new Authenticator.Verdict.Rejected();
        }
        return authenticator.verify(name, password, connection);
    }
}
