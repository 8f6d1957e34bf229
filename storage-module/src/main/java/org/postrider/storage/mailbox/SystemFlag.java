package org.postrider.storage.mailbox;

/// The flags that RFC 9051 §2.3.2 defines and a client may change. (\Recent is not stored: see
/// [Mailboxes#claimRecent].) The order is the bit order of the column `message.flags`.
public enum SystemFlag {
    SEEN,
    ANSWERED,
    FLAGGED,
    DELETED,
    DRAFT
}
