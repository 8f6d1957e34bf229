package org.postrider.imap.command;

import java.io.IOException;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.session.SelectedView;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Outcome;

/// SELECT (RFC 3501 §6.3.1): opens a mailbox for reading and writing.
final class Select {

    private final Mailboxes mailboxes;

    Select(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    ImapStatus run(ImapCommand.Select command, AccountId account, ImapSession session)
            throws IOException {
        session.unselect();
        var entry = mailboxes.find(account, command.mailbox());
        if (entry.isEmpty()) {
            return ImapStatus.no("NONEXISTENT", "There is no such mailbox");
        }
        return switch (mailboxes.follow(entry.get().id(), session::wake)) {
            case Outcome.Done<MailboxFeed>(var feed) -> {
                var view = Opening.guarded(feed, () -> SelectedView.select(mailboxes, feed));
                session.select(account, view);
                Opening.tell(view, session.out());
                yield ImapStatus.ok("READ-WRITE", "Mailbox selected");
            }
            case Outcome.Refused<MailboxFeed>(var why) -> Refusals.status(why);
        };
    }
}
