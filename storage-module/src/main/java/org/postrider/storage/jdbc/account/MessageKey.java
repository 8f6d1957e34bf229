package org.postrider.storage.jdbc.account;

/// Where a message is: the primary key of its rows.
public record MessageKey(int account, int mailbox, long uid) {}
