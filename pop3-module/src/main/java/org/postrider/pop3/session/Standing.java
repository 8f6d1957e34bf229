package org.postrider.pop3.session;

/// What a message number means to a session at the moment.
public enum Standing {
    /// A message that commands can name.
    LISTED,
    /// A message marked as deleted: no command but RSET brings it back.
    DELETED,
    /// No message of this maildrop has the number.
    UNKNOWN
}
