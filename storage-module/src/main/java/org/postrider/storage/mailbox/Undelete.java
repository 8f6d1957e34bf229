package org.postrider.storage.mailbox;

import java.time.Instant;
import java.util.List;
import org.postrider.storage.directory.AccountId;

/// What was removed and can still be brought back, whatever removed it: EXPUNGE, POP3, or the
/// deletion of its mailbox. What was moved is not here: it lives elsewhere, and so does what was
/// brought back already.
///
/// A message that is brought back is a new message of its mailbox, with a new UID and MODSEQ, so
/// that every client learns of it and none downloads another one again. It has the flags that it
/// had when it was removed, less \Deleted, its INTERNALDATE, its octets and EMAILID.
///
/// It is charged to the account as a copy is, and refused when there is no room, whoever asks: an
/// administrator raises the quota first.
public interface Undelete {

    /// The mailboxes, live and deleted, from which messages can be brought back.
    List<RemovedFrom> mailboxes(AccountId account);

    /// What can be brought back from a mailbox, by UID; [Messages#read] reads it.
    ///
    /// @param after only messages with a higher UID, 0 for all
    /// @param most so many at most, and never more than [#AT_ONCE]
    List<RemovedMessage> messages(MailboxId mailbox, long after, int most);

    /// Brings messages back. More than [#AT_ONCE] come in several steps: when a later one is
    /// refused, what came before it stays, and the result tells of that alone.
    ///
    /// @param uids those that cannot be brought back are passed over
    Outcome<BroughtBack> bringBack(MailboxId from, UidSet uids, Destination to);

    /// The same for all messages that were in the mailbox at a moment and are not there any more.
    Outcome<BroughtBack> bringBack(MailboxId from, Instant asOf, Destination to);

    /// Messages that are brought back in one step.
    int AT_ONCE = 1_000;

    /// Where messages go.
    sealed interface Destination {

        /// Where they were: the mailbox itself, or when it was deleted the one that has its name
        /// now, or a new one of that name.
        record Original() implements Destination {}

        /// A live mailbox of the same account.
        record Into(MailboxId mailbox) implements Destination {}
    }

    /// A mailbox from which messages were removed.
    ///
    /// @param name its last name
    /// @param deleted whether it was deleted
    /// @param last when the last of the messages was removed
    record RemovedFrom(
            MailboxId mailbox,
            MailboxName name,
            boolean deleted,
            long messages,
            long octets,
            Instant last) {}

    /// A message that can be brought back.
    ///
    /// @param until how long at least
    record RemovedMessage(
            Uid uid, By by, Instant removed, Instant until, Instant internalDate, long octets) {}

    /// What removed a message.
    enum By {
        IMAP,
        POP3,
        /// Its mailbox was deleted.
        MAILBOX,
        RETENTION,
        ADMINISTRATOR
    }

    /// What was brought back: the n-th UID of `sources` became the n-th of `targets`.
    record BroughtBack(
            MailboxId mailbox, UidValidity uidValidity, UidSet sources, UidSet targets) {}
}
