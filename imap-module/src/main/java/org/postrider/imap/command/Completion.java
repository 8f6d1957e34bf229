package org.postrider.imap.command;

import org.postrider.imap.wire.ImapStatus;

/// How a command ended.
public sealed interface Completion {

    /// To be told with the command's tag, after what others did meanwhile.
    record Answer(ImapStatus status) implements Completion {}

    /// The client has been answered already.
    record Answered() implements Completion {}

    /// The command goes on: IDLE.
    record Unfinished() implements Completion {}
}
