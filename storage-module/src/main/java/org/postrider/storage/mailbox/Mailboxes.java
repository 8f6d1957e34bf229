package org.postrider.storage.mailbox;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postrider.storage.directory.AccountId;

/// The mailboxes of accounts: their names, their figures, and windows on what is in them.
public interface Mailboxes {

    /// All live mailboxes of an account, by name.
    List<MailboxEntry> list(AccountId account);

    Optional<MailboxEntry> find(AccountId account, MailboxName name);

    /// Creates a mailbox and those above it that are missing.
    Outcome<MailboxEntry> create(AccountId account, MailboxName name, SpecialUse specialUse);

    /// Deletes a mailbox and what is in it. One with inferiors is refused. The name can be given
    /// again, with a new UIDVALIDITY; subscriptions stay (RFC 9051 §6.3.5).
    Outcome<MailboxId> delete(AccountId account, MailboxName name);

    /// Renames a mailbox and its inferiors; what is in them keeps its UIDs. Renaming INBOX moves
    /// its messages to a new mailbox and leaves INBOX empty, and its inferiors where they are (RFC
    /// 9051 §6.3.6). Missing superiors of the new name are created.
    Outcome<MailboxEntry> rename(AccountId account, MailboxName from, MailboxName to);

    /// Gives a mailbox another use, or none (RFC 6154 §3).
    Outcome<MailboxEntry> setSpecialUse(AccountId account, MailboxName name, SpecialUse specialUse);

    /// The names an account subscribed to; a name need not exist.
    Set<MailboxName> subscriptions(AccountId account);

    void subscribe(AccountId account, MailboxName name);

    void unsubscribe(AccountId account, MailboxName name);

    Outcome<MailboxStatus> status(MailboxId mailbox);

    /// Opens a window. The listener is called, on a thread of the store, after each durable change;
    /// it must not block, and normally only wakes the session, which then asks for the current
    /// view.
    Outcome<MailboxFeed> follow(MailboxId mailbox, Runnable listener);

    /// Makes the caller the session that is told of \Recent for all messages of its view that no
    /// session was told of before (RFC 3501 §2.3.2). What came after the view is left for who shows
    /// it first.
    ///
    /// @return the UID from which on messages of the view are recent to the caller
    long claimRecent(MailboxView view);
}
