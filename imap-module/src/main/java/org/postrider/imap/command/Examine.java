package org.postrider.imap.command;

import java.io.IOException;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.session.SelectedView;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxStatus;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Outcome;

/// EXAMINE (RFC 3501 §6.3.2): opens a mailbox for reading only; nothing in it changes, not even
/// what is recent.
final class Examine {

    private final Mailboxes mailboxes;

    Examine(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    ImapStatus run(ImapCommand.Examine command, AccountId account, ImapSession session)
            throws IOException {
        session.unselect();
        var entry = mailboxes.find(account, command.mailbox());
        if (entry.isEmpty()) {
            return ImapStatus.no("NONEXISTENT", "There is no such mailbox");
        }
        var id = entry.get().id();
        return switch (mailboxes.follow(id, session::wake)) {
            case Outcome.Done<MailboxFeed>(var feed) -> {
                var view =
                        Opening.guarded(
                                feed, () -> SelectedView.examine(mailboxes, feed, recents(id)));
                session.select(account, view);
                Opening.tell(view, session.out());
                yield ImapStatus.ok("READ-ONLY", "Mailbox opened for reading");
            }
            case Outcome.Refused<MailboxFeed>(var why) -> Refusals.status(why);
        };
    }

    private int recents(MailboxId mailbox) {
        return switch (mailboxes.status(mailbox)) {
            case Outcome.Done<MailboxStatus>(var status) -> status.recent();
            case Outcome.Refused<MailboxStatus> _ -> 0;
        };
    }
}
