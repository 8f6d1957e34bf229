package org.postrider.storage.directory;

/// What came of a change of the directory.
public sealed interface Change<T> {

    /// @param value as it is now, or as it was before it was deleted
    /// @param created whether it was not there before
    record Made<T>(T value, boolean created) implements Change<T> {}

    /// Nothing was changed.
    ///
    /// @param about whom or what the reason is about: an address, a domain, or empty
    record Refused<T>(Reason why, String about) implements Change<T> {}

    /// Why a change is not made.
    enum Reason {
        /// There is one of that name already.
        EXISTS,
        /// There is none of that name.
        NOT_THERE,
        /// It was changed since.
        STALE,
        /// Another thing has that name: an alias, or an account.
        TAKEN,
        /// The domain is not one of this server.
        NO_SUCH_DOMAIN,
        /// The domain has only the addresses of another.
        DOMAIN_IS_ALIAS,
        /// The domain has accounts, aliases or other names.
        IN_USE,
        /// Mail would come back to where it was.
        LOOP,
        /// An address in a domain of this server is nobody's.
        NOBODY,
        /// There are more recipients behind an alias than it may have.
        TOO_MANY,
        /// The quotas of the domain's accounts would be more than it may have.
        OVER_ALLOTMENT,
        /// In a domain with an allotment each account needs a quota.
        NO_QUOTA,
        /// A new account needs a password.
        NO_PASSWORD
    }
}
