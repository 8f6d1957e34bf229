package org.postrider.storage.jdbc.account;

/// A change and where it is in the log of its account.
///
/// @param at when, milliseconds since 1970
public record LoggedChange(LogPosition position, long at, Change change) {

    public long modSeq() {
        return position.modSeq();
    }

    public int mailbox() {
        return change.mailbox();
    }
}
