package org.postrider.storage.mailbox;

/// A mailbox in an account's list.
public record MailboxEntry(
        MailboxId id, MailboxName name, UidValidity uidValidity, SpecialUse specialUse) {}
