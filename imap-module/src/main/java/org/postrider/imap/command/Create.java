package org.postrider.imap.command;

import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.SpecialUse;

/// CREATE (RFC 3501 §6.3.3).
final class Create {

    private final Mailboxes mailboxes;

    Create(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    ImapStatus run(ImapCommand.Create command, AccountId account) {
        return switch (mailboxes.create(account, command.mailbox(), SpecialUse.NONE)) {
            case Outcome.Done<MailboxEntry> _ -> ImapStatus.ok("Mailbox created");
            case Outcome.Refused<MailboxEntry>(var why) -> Refusals.status(why);
        };
    }
}
