package org.postrider.storage.mailbox;

/// What a mailbox is for (RFC 6154 §2). The order is the number in the column
/// `mailbox.special_use`.
public enum SpecialUse {
    NONE,
    ARCHIVE,
    DRAFTS,
    FLAGGED,
    JUNK,
    SENT,
    TRASH
}
