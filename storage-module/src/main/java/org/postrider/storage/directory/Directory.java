package org.postrider.storage.directory;

import java.util.Optional;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;

/// The domains and accounts of this server.
public interface Directory {

    /// Whether mail for this domain stays here.
    boolean isLocal(DomainName domain);

    /// Who gets mail for this address.
    Resolution resolve(MailAddress address);

    Optional<Account> find(AccountId id);

    /// The account that logs in by this address, and its password.
    Optional<Credential> credential(MailAddress address);

    Creation<DomainName> createDomain(DomainName domain);

    /// Creates an account with its INBOX and the usual mailboxes (Drafts, Sent, Junk, Trash,
    /// Archive), subscribed, in one transaction.
    Creation<Account> createAccount(MailAddress address, PasswordHash password);

    /// Replaces an account's password.
    ///
    /// @return false when there is no such account
    boolean setPassword(AccountId account, PasswordHash password);

    /// Replaces what is kept of an account's password by something better of the same password.
    ///
    /// @param known what is kept now
    /// @return false when there is no such account, or its password is another one meanwhile
    boolean renewPassword(AccountId account, PasswordHash known, PasswordHash better);

    /// What an account has and may have, at its last durable change.
    Optional<Quota> quota(AccountId account);

    /// Changes what an account may have. One that has more keeps it: it only gets nothing more
    /// until it is below.
    ///
    /// @return false when there is no such account
    boolean setQuota(AccountId account, Quota.Limits limits);

    /// An account and the hash of its password.
    record Credential(Account account, PasswordHash password) {}

    /// Who gets mail for an address.
    sealed interface Resolution {
        record Local(Account account) implements Resolution {}

        /// The domain is ours, the address is nobody's.
        record NoSuchUser() implements Resolution {}

        /// The domain is not ours.
        record NotLocal() implements Resolution {}
    }

    /// What came of creating something.
    sealed interface Creation<T> {
        record Created<T>(T value) implements Creation<T> {}

        record Exists<T>() implements Creation<T> {}

        /// The account's domain is not one of ours.
        record NoSuchDomain<T>() implements Creation<T> {}
    }
}
