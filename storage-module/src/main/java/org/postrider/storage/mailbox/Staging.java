package org.postrider.storage.mailbox;

/// What came of receiving a message's octets.
public sealed interface Staging {

    record Ready(Staged message) implements Staging {}

    /// More octets than the limit. The input was read to its end.
    record TooLarge() implements Staging {}

    /// The message holds a NUL. The input was read to its end.
    record HoldsNul() implements Staging {}
}
