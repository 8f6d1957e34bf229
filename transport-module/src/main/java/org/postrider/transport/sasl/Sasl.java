package org.postrider.transport.sasl;

import java.util.List;
import java.util.Optional;
import org.postrider.transport.Connection;

/// The mechanisms a listener offers.
public interface Sasl {

    /// The names of the mechanisms offered on this connection as it is now, in order of preference;
    /// empty when no login is possible (clear text on a public address).
    List<String> mechanisms(Connection connection);

    /// Begins an exchange, or empty when the mechanism is not offered on this connection.
    Optional<SaslExchange> begin(String mechanism, Connection connection);

    /// Whether a password may be sent on this connection as it is now (USER/PASS, LOGIN).
    boolean passwordsAllowed(Connection connection);

    /// Checks a password that arrived by a command of its own (USER/PASS, LOGIN).
    Authenticator.Verdict verify(String name, String password, Connection connection);
}
