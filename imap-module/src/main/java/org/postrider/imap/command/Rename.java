package org.postrider.imap.command;

import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Outcome;

/// RENAME (RFC 3501 §6.3.5).
final class Rename {

    private final Mailboxes mailboxes;

    Rename(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    ImapStatus run(ImapCommand.Rename command, AccountId account) {
        return switch (mailboxes.rename(account, command.from(), command.to())) {
            case Outcome.Done<MailboxEntry> _ -> ImapStatus.ok("Mailbox renamed");
            case Outcome.Refused<MailboxEntry>(var why) -> Refusals.status(why);
        };
    }
}
