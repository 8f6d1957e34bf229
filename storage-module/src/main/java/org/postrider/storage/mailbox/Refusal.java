package org.postrider.storage.mailbox;

/// Why the store refuses a command whose caller is wrong, or late.
public enum Refusal {
    /// The mailbox does not exist, or exists no longer.
    NO_SUCH_MAILBOX,
    /// The name is taken.
    ALREADY_EXISTS,
    /// INBOX can be neither created nor deleted (RFC 9051 §6.3.4, §6.3.5).
    INBOX,
    /// The mailbox has inferiors and cannot be deleted or renamed so.
    HAS_INFERIORS,
    /// The name is not one this store takes: empty component, control character, too long.
    BAD_NAME,
    /// The account's quota is reached.
    OVER_QUOTA,
    /// The maildrop is open elsewhere (RFC 2449 §8.1.2 IN-USE).
    IN_USE,
    /// A number that only grows is used up: UIDs, keywords of a mailbox, mailboxes of an account.
    LIMIT
}
