package org.postrider.storage.mailbox;

/// What came of a command: its result, or why it was refused. A refusal changed nothing. Failures
/// of the world (the disk, the database) are exceptions instead: [StoreUnavailable].
public sealed interface Outcome<T> {

    record Done<T>(T value) implements Outcome<T> {}

    record Refused<T>(Refusal why) implements Outcome<T> {}
}
