package org.postrider.storage.mailbox;

/// Where a delivered message is.
public record Delivered(MailboxId mailbox, Uid uid) {}
