package org.postrider.imap.command;

import org.postrider.imap.wire.ImapStatus;
import org.postrider.storage.mailbox.Refusal;

/// What the store refuses, in IMAP's words (RFC 5530 §3).
final class Refusals {

    private Refusals() {}

    static ImapStatus status(Refusal why) {
        return switch (why) {
            case NO_SUCH_MAILBOX -> ImapStatus.no("NONEXISTENT", "There is no such mailbox");
            case ALREADY_EXISTS -> ImapStatus.no("ALREADYEXISTS", "The mailbox exists already");
            case INBOX -> ImapStatus.no("CANNOT", "INBOX can be neither created nor deleted");
            case HAS_INFERIORS -> ImapStatus.no("CANNOT", "There are mailboxes below it");
            case BAD_NAME -> ImapStatus.no("CANNOT", "No mailbox can have this name");
            case OVER_QUOTA -> ImapStatus.no("OVERQUOTA", "The account is full");
            case IN_USE -> ImapStatus.no("INUSE", "The mailbox is in use");
            case LIMIT -> ImapStatus.no("LIMIT", "A limit of this mailbox is reached");
        };
    }

    /// The answer where the mailbox is the target of messages: one that is missing could be created
    /// first (RFC 3501 §6.3.11, §6.4.7).
    static ImapStatus target(Refusal why) {
        return why == Refusal.NO_SUCH_MAILBOX
                ? ImapStatus.no("TRYCREATE", "There is no such mailbox")
                : status(why);
    }
}
