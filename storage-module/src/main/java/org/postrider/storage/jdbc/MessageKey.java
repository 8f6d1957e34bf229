package org.postrider.storage.jdbc;

/// Where a message is: the primary key of its rows.
record MessageKey(int account, int mailbox, long uid) {}
