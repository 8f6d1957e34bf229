package org.postrider.transport.sasl;

import java.util.Optional;
import org.postrider.transport.Connection;

/// Where SCRAM finds what is kept of a password, and tells what came of the client's proof. The
/// application adapts its directory to this port, behind the same guard as an [Authenticator].
public interface ScramDirectory {

    /// Begins a login. Takes equally long whether the account exists or not.
    ///
    /// @param name as the client gave it, prepared (RFC 5802 §5.1, RFC 4013)
    /// @return nothing when it cannot be decided at the moment, or is not to be tried because there
    ///   were too many failures, be there such an account or not
    Optional<Attempt> begin(String name, Connection from);

    /// A login that has begun. A client that goes before it proved anything leaves it as it is.
    interface Attempt {

        /// The one form of all that name the same account; also when there is none. A salt is made
        /// up for it then.
        String canonicalName();

        /// What is kept of the account's password. Nothing when there is no such account, it may
        /// not log in, or it has no keys: the exchange goes on, and no proof is right. Asked once.
        Optional<ScramKeys> keys();

        /// Called at most once, when a proof was checked. As after a password it is here that
        /// failures are counted and waited for. Since others may have failed meanwhile, whether it
        /// is to be tried at all is looked at again: exchanges begun side by side are not free
        /// guesses.
        ///
        /// @param proven whether the proof was right; never without keys
        /// @return accepted only if it was proven
        Authenticator.Verdict conclude(boolean proven);
    }
}
