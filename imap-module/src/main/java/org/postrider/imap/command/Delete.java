package org.postrider.imap.command;

import org.postrider.imap.session.ConnectionState.Selected;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Outcome;

/// DELETE (RFC 3501 §6.3.4). Whoever deletes the mailbox it has selected has none selected
/// afterwards.
final class Delete {

    private final Mailboxes mailboxes;

    Delete(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    ImapStatus run(ImapCommand.Delete command, AccountId account, ImapSession session) {
        return switch (mailboxes.delete(account, command.mailbox())) {
            case Outcome.Done<MailboxId>(var deleted) -> {
                if (session.state() instanceof Selected in && in.view().mailbox().equals(deleted)) {
                    session.unselect();
                }
                yield ImapStatus.ok("Mailbox deleted");
            }
            case Outcome.Refused<MailboxId>(var why) -> Refusals.status(why);
        };
    }
}
