package org.postrider.transport.sasl;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.postrider.transport.Connection;

/// The mechanisms by which somebody shows that he knows a password, the strongest first.
///
/// SCRAM is offered wherever logins are taken, because it does not carry the password; with channel
/// binding where the connection has one. PLAIN and LOGIN are offered where the listener's policy
/// allows passwords to cross the network as they are.
public final class PasswordSasl implements Sasl {

    /// A mechanism, where it is offered, and how it begins.
    private record Offer(
            String name,
            Predicate<Connection> where,
            Function<Connection, SaslExchange> exchange) {}

    private final Authenticator authenticator;
    private final PlainTextLogin policy;
    private final List<Offer> offers;

    /// PLAIN and LOGIN only.
    public PasswordSasl(Authenticator authenticator, PlainTextLogin policy) {
        this(authenticator, policy, List.of());
    }

    /// SCRAM before them. To be used only when the accounts have keys: a client takes the strongest
    /// that it knows, and one whose account has none does not get in by it.
    public PasswordSasl(Authenticator authenticator, PlainTextLogin policy, Scram scram) {
        this(
                authenticator,
                policy,
                List.of(
                        new Offer(
                                Scram.BOUND_NAME,
                                connection -> policy.takesLogins() && Scram.canBind(connection),
                                connection -> scram.exchange(true, connection)),
                        new Offer(
                                Scram.NAME,
                                _ -> policy.takesLogins(),
                                connection -> scram.exchange(false, connection))));
    }

    private PasswordSasl(Authenticator authenticator, PlainTextLogin policy, List<Offer> stronger) {
        this.authenticator = authenticator;
        this.policy = policy;
        this.offers =
                Stream.concat(
                                stronger.stream(),
                                Stream.of(new Plain(), new Login()).map(this::offer))
                        .toList();
    }

    private Offer offer(Mechanism mechanism) {
        return new Offer(
                mechanism.name(),
                policy::allowed,
                connection ->
                        mechanism.exchange((name, password) ->
                                authenticator.verify(name, password, connection)));
    }

    @Override
    public List<String> mechanisms(Connection connection) {
        return offers.stream()
                .filter(offer -> offer.where().test(connection))
                .map(Offer::name)
                .toList();
    }

    @Override
    public Optional<SaslExchange> begin(String mechanism, Connection connection) {
        return offers.stream()
                .filter(offer -> offer.name().equalsIgnoreCase(mechanism))
                .filter(offer -> offer.where().test(connection))
                .findFirst()
                .map(offer -> offer.exchange().apply(connection));
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
