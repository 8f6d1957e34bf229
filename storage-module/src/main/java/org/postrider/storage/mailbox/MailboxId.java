package org.postrider.storage.mailbox;

import org.postrider.storage.directory.AccountId;

/// A mailbox, whatever its name is today.
///
/// @param account whose mailbox it is
/// @param number given once inside the account, never reused
public record MailboxId(AccountId account, int number) {

    public MailboxId {
        if (number < 1) {
            throw new IllegalArgumentException("mailbox number out of range: " + number);
        }
    }

    /// MAILBOXID (RFC 8474 §4).
    public String objectId() {
        return ObjectId.mailbox(this);
    }
}
