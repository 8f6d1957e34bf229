package org.postrider.storage.directory;

import java.util.List;
import java.util.Optional;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;

/// The domains and accounts of this server, as the protocols ask for them.
public interface Directory {

    /// Whether mail for this domain stays here.
    boolean isLocal(DomainName domain);

    /// Who gets mail for this address: the account of that name; or those behind the alias of that
    /// name; or, when there is a tag behind a `+` (RFC 5233 §1), those of the address without it;
    /// or the domain's catch-all.
    Resolution resolve(MailAddress address);

    /// Whether an account may send as an address: its mail comes to that account alone, or the
    /// right was given.
    boolean maySendAs(AccountId account, MailAddress address);

    Optional<Account> find(AccountId id);

    /// The oldest account that may log in, for mail that somebody has to read.
    Optional<Account> oldest();

    /// The account that logs in by this address, and its password.
    Optional<Credential> credential(MailAddress address);

    /// Replaces what is kept of an account's password by something better of the same password.
    ///
    /// @param known what is kept now
    /// @return false when there is no such account, or its password is another one meanwhile
    boolean renewPassword(AccountId account, PasswordHash known, PasswordHash better);

    /// What an account has and may have, at its last durable change.
    Optional<Quota> quota(AccountId account);

    /// An account and the hash of its password.
    record Credential(Account account, PasswordHash password) {}

    /// Who gets mail for an address.
    sealed interface Resolution {

        /// @param destinations one at least, each account and each address once
        record Recipients(List<Destination> destinations) implements Resolution {
            public Recipients {
                destinations = List.copyOf(destinations);
            }
        }

        /// The domain is ours, the address is nobody's.
        record NoSuchUser() implements Resolution {}

        /// The domain is not ours.
        record NotLocal() implements Resolution {}
    }

    /// One who gets mail.
    sealed interface Destination {

        /// @param tag of the address, where the account wants mail to go to the mailbox of that
        ///   name
        record Here(Account account, Optional<String> tag) implements Destination {}

        record Elsewhere(MailAddress address) implements Destination {}
    }
}
