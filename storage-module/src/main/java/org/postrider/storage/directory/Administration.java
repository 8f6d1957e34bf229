package org.postrider.storage.directory;

import java.util.Optional;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;

/// What an operator sees and changes of the [Directory]. A change is made whole or not at all, is
/// on the disk when it returns, and counts for everybody from then on.
public interface Administration {

    Optional<Domain> domain(DomainName name);

    /// Domains by name.
    ///
    /// @param after the name after which they begin, or empty
    Page<Domain> domains(String after, int most);

    /// Creates a domain, or gives it other settings.
    Change<Domain> putDomain(Domain.Settings settings, Precondition given);

    Change<Domain> deleteDomain(DomainName name, Precondition given);

    Optional<AccountEntry> account(MailAddress address);

    /// Accounts by address.
    ///
    /// @param domain only those of this one, if it is given
    /// @param after the [key][MailAddress#key] after which they begin, or empty
    Page<AccountEntry> accounts(Optional<DomainName> domain, String after, int most);

    /// Creates an account with its INBOX and the usual mailboxes (Drafts, Sent, Junk, Trash,
    /// Archive), subscribed, or gives it other settings. One that has more mail than its quota
    /// keeps it.
    Change<AccountEntry> putAccount(AccountEntry.Settings settings, Precondition given);

    /// Deletes an account and its mail, which goes for good when the time is over in which deleted
    /// mail can be brought back. Its address is free at once.
    Change<AccountEntry> deleteAccount(MailAddress address, Precondition given);

    Optional<Alias> alias(MailAddress address);

    /// Aliases by address.
    ///
    /// @param domain only those of this one, if it is given
    /// @param after the [key][MailAddress#key] after which they begin, or empty
    Page<Alias> aliases(Optional<DomainName> domain, String after, int most);

    /// Creates an alias, or gives it other targets.
    Change<Alias> putAlias(Alias.Settings settings, Precondition given);

    Change<Alias> deleteAlias(MailAddress address, Precondition given);
}
