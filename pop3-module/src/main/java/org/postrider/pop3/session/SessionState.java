package org.postrider.pop3.session;

import java.util.Optional;

/// Where a session is in its life (RFC 1939 §3). The UPDATE state is not a place where it stays: it
/// is what happens between QUIT and the answer to it ([OpenMaildrop#update]).
public sealed interface SessionState {

    /// Nobody has logged in.
    ///
    /// @param user the name that USER gave in the command just before
    record Authorization(Optional<String> user) implements SessionState {

        public static final Authorization EMPTY = new Authorization(Optional.empty());
    }

    /// A maildrop is open.
    record Transaction(OpenMaildrop maildrop) implements SessionState {}

    /// The last reply is written, nothing is answered any more.
    record Over() implements SessionState {}
}
