package org.postrider.transport.sasl;

/// A SASL mechanism that carries a password: its registered name, and how it begins an exchange.
sealed interface Mechanism permits Plain, Login {

    String name();

    SaslExchange exchange(Check check);

    /// Checks a name and password on the connection of the exchange.
    @FunctionalInterface
    interface Check {
        Authenticator.Verdict verify(String name, String password);

        /// The verdict as the exchange's last step.
        default SaslExchange.Step step(String name, String password) {
            return switch (verify(name, password)) {
                case Authenticator.Verdict.Accepted(Identity identity) ->
                        new SaslExchange.Step.Success(identity);
                case Authenticator.Verdict.Rejected() -> new SaslExchange.Step.Rejected();
                case Authenticator.Verdict.Unavailable() -> new SaslExchange.Step.Unavailable();
            };
        }
    }
}
