package org.postrider.storage.jdbc;

/// A change and where it is in the log of its account.
///
/// @param at when, milliseconds since 1970
record LoggedChange(LogPosition position, long at, Change change) {

    long modSeq() {
        return position.modSeq();
    }

    int mailbox() {
        return change.mailbox();
    }
}
