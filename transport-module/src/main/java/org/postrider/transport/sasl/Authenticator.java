package org.postrider.transport.sasl;

import org.postrider.transport.Connection;

/// Decides whether a name and a password belong together. The application adapts its directory to
/// this port.
public interface Authenticator {

    /// Checks a password. Takes equally long whether the account exists or not.
    Verdict verify(String name, String password, Connection from);

    /// What came out.
    sealed interface Verdict {
        record Accepted(Identity identity) implements Verdict {}

        /// Wrong name, wrong password, or an account that may not log in: the client is not told
        /// which.
        record Rejected() implements Verdict {}

        /// It cannot be decided at the moment (RFC 5530 §3 UNAVAILABLE, RFC 3206 §4 SYS/TEMP).
        record Unavailable() implements Verdict {}
    }
}
